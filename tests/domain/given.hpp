// given(events).when(command, actor).then(events) or .refused(code): how tests of the rules are
// written, with a small workshop to stand on. For tests only.
//
//   given({joined(kari, room_1)})
//       .when(RaiseHand{kari}, by(kari))
//       .then({HandRaised{room_1, {kari, now}}});
//
// Every accepted command is also checked against the invariants.
#pragma once
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "domain/decide.hpp"
#include "domain/evolve.hpp"
#include "domain/limits.hpp"
#include "small_workshop.hpp"
#include "state_text.hpp"

namespace rundbord::testing {

// One commit: all events at one time, and the next seq.
inline void fold(Workshop& workshop, const std::vector<Event>& events, Time at) {
  for (const auto& event : events) evolve(workshop, event, at);
  ++workshop.seq;
}

inline std::string text_of(const Rejection& rejection) {
  return std::string(code_name(rejection.code)) + " in \"" + rejection.field + "\"";
}

// What a command came to.
class Outcome {
 public:
  Outcome(Workshop before, Decision decision, Time at)
      : state_(std::move(before)), decision_(std::move(decision)) {
    if (const auto* decided = std::get_if<Decided>(&decision_)) {
      fold(state_, decided->events, at);
      CHECK(broken_invariants(state_) == std::vector<std::string>{});
    }
  }

  const Outcome& then(const std::vector<Event>& events) const {
    if (accepted()) CHECK(text_of(decided().events) == text_of(events));
    return *this;
  }
  const Outcome& then_nothing() const { return then({}); }
  const Outcome& refused(RejectionCode code, const std::string& field = "") const {
    if (const auto* rejection = std::get_if<Rejection>(&decision_)) {
      CHECK(text_of(*rejection) == text_of(Rejection{code, field, {}}));
    } else {
      FAIL_CHECK("accepted:\n" << text_of(decided().events));
    }
    return *this;
  }

  // Only the events of one kind, in order.
  template <class E>
  std::vector<E> all() const {
    std::vector<E> found;
    if (!accepted()) return found;
    for (const auto& event : decided().events) {
      if (const auto* one = std::get_if<E>(&event)) found.push_back(*one);
    }
    return found;
  }
  bool accepted() const {
    if (const auto* rejection = std::get_if<Rejection>(&decision_)) {
      FAIL_CHECK("refused: " << text_of(*rejection));
      return false;
    }
    return true;
  }
  const Decided& decided() const { return std::get<Decided>(decision_); }
  const std::vector<NameWrite>& names() const { return decided().names; }
  // With the events folded in, if there are any.
  const Workshop& state() const { return state_; }

 private:
  Workshop state_;
  Decision decision_;
};

// A workshop in some state, at some time.
class Given {
 public:
  explicit Given(Workshop workshop) : workshop_(std::move(workshop)) {}

  Given& at(Time time) {
    now_ = time;
    return *this;
  }
  Given& later(Duration by) {
    now_ += by;
    return *this;
  }
  Given& with(const std::vector<Event>& events) {
    fold(workshop_, events, now_);
    return *this;
  }
  // A command that must be accepted, as part of what is given.
  Given& after(const Command& command, const Actor& actor) {
    const auto outcome = when(command, actor);
    if (outcome.accepted()) workshop_ = outcome.state();
    return *this;
  }
  Outcome when(const Command& command, const Actor& actor) const {
    return when(command, Context{now_, actor, std::nullopt});
  }
  Outcome when(const Command& command, const Context& context) const {
    return Outcome(workshop_, decide(workshop_, command, context), context.now);
  }

  Workshop& state() { return workshop_; }
  const Workshop& state() const { return workshop_; }
  Time now() const { return now_; }

 private:
  Workshop workshop_;
  Time now_ = testing::now;
};

// Nothing was created yet.
inline Given given_nothing() {
  return Given(Workshop{});
}
// The small workshop, and then `events`.
inline Given given(const std::vector<Event>& events = {}) {
  Workshop workshop;
  fold(workshop, small_workshop(), now);
  if (!events.empty()) fold(workshop, events, now);
  return Given(std::move(workshop));
}
// The small workshop with its people in it.
inline Given given_people(const std::vector<Event>& events = {}) {
  auto scene = given(small_cast());
  if (!events.empty()) scene.with(events);
  return scene;
}

inline Actor by(const SeatId& seat) {
  return BySeat{seat};
}
inline const Actor organiser = ByOrganiser{};
inline const Actor newcomer = ByNewcomer{};
inline const Actor server = ByServer{};

}  // namespace rundbord::testing
