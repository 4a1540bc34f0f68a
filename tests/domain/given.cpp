#include "given.hpp"

#include <utility>

namespace rundbord::testing {

void fold(Workshop& workshop, const std::vector<Event>& events, Time at) {
  for (const auto& event : events) evolve(workshop, event, at);
  ++workshop.seq;
}

std::string text_of(const Rejection& rejection) {
  return std::string(code_name(rejection.code)) + " in \"" + rejection.field + "\"";
}

Outcome::Outcome(Workshop before, Decision decision, Time at)
    : state_(std::move(before)), decision_(std::move(decision)) {
  if (const auto* decided = std::get_if<Decided>(&decision_)) {
    fold(state_, decided->events, at);
    CHECK(broken_invariants(state_) == std::vector<std::string>{});
  }
}
Outcome::Outcome(const Outcome&) = default;
Outcome::Outcome(Outcome&&) noexcept = default;
Outcome& Outcome::operator=(const Outcome&) = default;
Outcome::~Outcome() = default;

const Outcome& Outcome::then(const std::vector<Event>& events) const {
  if (accepted()) CHECK(text_of(decided().events) == text_of(events));
  return *this;
}

const Outcome& Outcome::refused(RejectionCode code, const std::string& field) const {
  if (const auto* rejection = std::get_if<Rejection>(&decision_)) {
    CHECK(text_of(*rejection) == text_of(Rejection{code, field, {}}));
  } else {
    FAIL_CHECK("accepted:\n" << text_of(decided().events));
  }
  return *this;
}

bool Outcome::accepted() const {
  if (const auto* rejection = std::get_if<Rejection>(&decision_)) {
    FAIL_CHECK("refused: " << text_of(*rejection));
    return false;
  }
  return true;
}

Given::Given(Workshop workshop) : workshop_(std::move(workshop)) {}
Given::Given(const Given&) = default;
Given::Given(Given&&) noexcept = default;
Given& Given::operator=(const Given&) = default;
Given::~Given() = default;

Given& Given::with(const std::vector<Event>& events) {
  fold(workshop_, events, now_);
  return *this;
}

Given& Given::after(const Command& command, const Actor& actor) {
  const auto outcome = when(command, actor);
  if (outcome.accepted()) workshop_ = outcome.state();
  return *this;
}

Outcome Given::when(const Command& command, const Actor& actor) const {
  return when(command, Context{now_, actor, std::nullopt});
}

Outcome Given::when(const Command& command, const Context& context) const {
  return Outcome(workshop_, decide(workshop_, command, context), context.now);
}

Given given_nothing() {
  return Given(Workshop{});
}

Given given(const std::vector<Event>& events) {
  Workshop workshop;
  fold(workshop, small_workshop(), now);
  if (!events.empty()) fold(workshop, events, now);
  return Given(std::move(workshop));
}

Given given_people(const std::vector<Event>& events) {
  auto scene = given(small_cast());
  if (!events.empty()) scene.with(events);
  return scene;
}

}  // namespace rundbord::testing
