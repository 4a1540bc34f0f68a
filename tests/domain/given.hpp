// given(events).when(command, actor).then(events) or .refused(code): how tests of the rules are
// written, with a small workshop to stand on. For tests only.
//
//   given({joined(kari, room_1)})
//       .when(RaiseHand{kari}, by(kari))
//       .then({HandRaised{room_1, {kari, now}}});
//
// Every accepted command is also checked against the invariants.
#pragma once
#include <string>
#include <vector>

#include "catch.hpp"
#include "domain/decide.hpp"
#include "domain/evolve.hpp"
#include "domain/limits.hpp"
#include "small_workshop.hpp"
#include "state_text.hpp"

namespace rundbord::testing {

// One commit: all events at one time, and the next seq.
void fold(Workshop& workshop, const std::vector<Event>& events, Time at);

std::string text_of(const Rejection& rejection);

// What a command came to.
class Outcome {
 public:
  Outcome(Workshop before, Decision decision, Time at);
  Outcome(const Outcome&);
  Outcome(Outcome&&) noexcept;
  Outcome& operator=(const Outcome&);
  ~Outcome();

  const Outcome& then(const std::vector<Event>& events) const;
  const Outcome& then_nothing() const { return then({}); }
  const Outcome& refused(RejectionCode code, const std::string& field = "") const;

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
  bool accepted() const;
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
  explicit Given(Workshop workshop);
  Given(const Given&);
  Given(Given&&) noexcept;
  Given& operator=(const Given&);
  ~Given();

  Given& at(Time time) {
    now_ = time;
    return *this;
  }
  Given& later(Duration by) {
    now_ += by;
    return *this;
  }
  Given& with(const std::vector<Event>& events);
  // A command that must be accepted, as part of what is given.
  Given& after(const Command& command, const Actor& actor);
  Outcome when(const Command& command, const Actor& actor) const;
  Outcome when(const Command& command, const Context& context) const;

  Workshop& state() { return workshop_; }
  const Workshop& state() const { return workshop_; }
  Time now() const { return now_; }

 private:
  Workshop workshop_;
  Time now_ = testing::now;
};

Given given_nothing();  // nothing was created yet
// The small workshop, and then `events`.
Given given(const std::vector<Event>& events = {});
// The small workshop with its people in it.
Given given_people(const std::vector<Event>& events = {});

inline Actor by(const SeatId& seat) {
  return BySeat{seat};
}
inline const Actor organiser = ByOrganiser{};
inline const Actor newcomer = ByNewcomer{};
inline const Actor server = ByServer{};

}  // namespace rundbord::testing
