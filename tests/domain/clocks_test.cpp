// Clocks: start, pause, more and less time, overtime, and "3 more minutes".
#include "given.hpp"

using namespace rundbord;
using namespace rundbord::testing;
using enum RejectionCode;

namespace {

Clock runs(Duration left, Duration total, Time from = now) {
  return RunningClock{from + left, total};
}
Clock stands(Duration left, Duration total) {
  return PausedClock{left, total};
}
RoomStep dialogue_with(Clock clock) {
  return {dialogue_1, StepKind::dialogue, now, clock, std::nullopt};
}
// Room 1 in the dialogue with ten minutes, nine of them left.
Given in_dialogue() {
  auto scene = given_people({StepStarted{room_1, dialogue_with(runs(minutes(10), minutes(10)))}});
  return scene.later(minutes(1));
}
const Time later = now + minutes(1);
ClockChanged changed(Clock clock) {
  return {room_1, clock};
}

}  // namespace

TEST_CASE("a clock pauses and goes on with what was left") {
  auto scene = in_dialogue();
  scene.when(PauseClock{{room_1}}, by(kari)).then({changed(stands(minutes(9), minutes(10)))});
  scene.after(PauseClock{{room_1}}, by(kari)).later(minutes(5));
  scene.when(PauseClock{{room_1}}, by(kari)).then_nothing();
  scene.when(StartClock{{room_1}, {}}, by(kari))
      .then({changed(runs(minutes(9), minutes(10), scene.now()))});
}

TEST_CASE("starting a clock that runs does nothing; with a length it is set anew") {
  in_dialogue().when(StartClock{{room_1}, {}}, by(kari)).then_nothing();
  in_dialogue()
      .when(StartClock{{room_1}, minutes(4)}, by(kari))
      .then({changed(runs(minutes(4), minutes(4), later))});
}

TEST_CASE("a step without a clock can be given one") {
  auto scene = given_people({StepStarted{room_1, dialogue_with(NoClock{})}});
  scene.when(StartClock{{room_1}, {}}, by(kari)).refused(no_clock);
  scene.when(PauseClock{{room_1}}, by(kari)).refused(no_clock);
  scene.when(AddTime{{room_1}, minutes(1)}, by(kari)).refused(no_clock);
  scene.when(StartClock{{room_1}, minutes(4)}, by(kari))
      .then({changed(runs(minutes(4), minutes(4)))});
  given_people().when(StartClock{{room_1}, minutes(4)}, by(kari)).refused(no_clock);
}

TEST_CASE("time is added and taken away, never before now") {
  in_dialogue()
      .when(AddTime{{room_1}, minutes(1)}, by(kari))
      .then({changed(runs(minutes(10), minutes(11), later))});
  in_dialogue()
      .when(AddTime{{room_1}, -minutes(1)}, by(kari))
      .then({changed(runs(minutes(8), minutes(9), later))});
  in_dialogue()
      .when(AddTime{{room_1}, -minutes(30)}, by(kari))
      .then({changed(runs(minutes(0), minutes(0), later))});
  in_dialogue()
      .after(PauseClock{{room_1}}, by(kari))
      .when(AddTime{{room_1}, minutes(1)}, by(kari))
      .then({changed(stands(minutes(10), minutes(11)))});
}

TEST_CASE("one more minute in overtime is a minute from now") {
  auto scene = in_dialogue().later(minutes(12));
  scene.when(AddTime{{room_1}, minutes(1)}, by(kari))
      .then({changed(runs(minutes(1), minutes(11), scene.now()))});
  scene.when(AddTime{{room_1}, -minutes(1)}, by(kari)).then_nothing();
}

TEST_CASE("clocks have a limit") {
  in_dialogue().when(StartClock{{room_1}, clock_max}, by(kari)).accepted();
  in_dialogue()
      .when(StartClock{{room_1}, clock_max + Duration{1}}, by(kari))
      .refused(out_of_range, "length");
  in_dialogue().when(StartClock{{room_1}, Duration{0}}, by(kari)).refused(out_of_range, "length");
  in_dialogue().when(AddTime{{room_1}, clock_max}, by(kari)).refused(out_of_range, "by");
  in_dialogue().when(AddTime{{room_1}, Duration::max()}, by(kari)).refused(out_of_range, "by");
  in_dialogue().when(AddTime{{room_1}, Duration::min()}, by(kari)).refused(out_of_range, "by");
  in_dialogue().when(AddTime{{room_1}, Duration{0}}, by(kari)).refused(out_of_range, "by");
}

TEST_CASE("the organiser gives all rooms more time, skipping those without a clock") {
  in_dialogue()
      .with({StepStarted{room_2, dialogue_with(NoClock{})}})
      .when(AddTime{{}, minutes(1)}, organiser)
      .then({changed(runs(minutes(10), minutes(11), later))});
  given_people().when(AddTime{{}, minutes(1)}, organiser).refused(no_clock);
}

TEST_CASE("the clock is run by whoever has that right, or by anybody while nobody has") {
  auto scene = in_dialogue().with({holds(room_1, "facilitator", ola)});
  scene.when(PauseClock{{room_1}}, by(kari)).refused(forbidden);
  scene.when(PauseClock{{room_1}}, by(ola)).accepted();
  scene.with({SeatPresenceChanged{ola, room_1, true, false}});
  scene.when(PauseClock{{room_1}}, by(kari)).accepted();
}

TEST_CASE("a room asks for more time and the organiser grants it") {
  auto scene = in_dialogue();
  scene.when(AskForTime{room_1, minutes(3)}, by(ola)).then({TimeAsked{room_1, minutes(3)}});
  scene.after(AskForTime{room_1, minutes(3)}, by(ola));
  scene.when(AskForTime{room_1, minutes(3)}, by(kari)).then_nothing();
  scene.when(AnswerTime{room_1, true}, organiser)
      .then({TimeAnswered{room_1, true}, changed(runs(minutes(12), minutes(13), later))});
  scene.when(AnswerTime{room_1, false}, organiser).then({TimeAnswered{room_1, false}});
}

TEST_CASE("a room withdraws what it asked for, but does not grant it to itself") {
  auto scene = in_dialogue().after(AskForTime{room_1, minutes(3)}, by(ola));
  scene.when(AnswerTime{room_1, false}, by(kari)).then({TimeAnswered{room_1, false}});
  scene.when(AnswerTime{room_1, true}, by(kari)).refused(forbidden);
  scene.after(AnswerTime{room_1, false}, by(kari))
      .when(AnswerTime{room_1, true}, organiser)
      .then_nothing();
}

TEST_CASE("what was asked for falls away with the step") {
  auto scene = in_dialogue().after(AskForTime{room_1, minutes(3)}, by(ola));
  scene.when(EndSteps{{room_1}}, by(kari)).then({TimeAnswered{room_1, false}, StepsEnded{room_1}});
  CHECK(scene.when(StartStep{{room_1}, summary_1, {}}, by(kari)).all<TimeAnswered>().size() == 1);
}

TEST_CASE("asking for time needs a clock and a sensible amount") {
  given_people().when(AskForTime{room_1, minutes(3)}, by(kari)).refused(no_clock);
  in_dialogue().when(AskForTime{room_1, Duration{0}}, by(kari)).refused(out_of_range, "by");
  in_dialogue()
      .when(AskForTime{room_1, clock_max + minutes(1)}, by(kari))
      .refused(out_of_range, "by");
  in_dialogue().when(AskForTime{room_1, minutes(3)}, by(eva)).refused(forbidden);
}

TEST_CASE("a room asks for help, takes it back, and the organiser answers, each once") {
  given_people().when(AskForHelp{room_1}, by(kari)).then({HelpAsked{room_1}});
  auto scene = given_people().after(AskForHelp{room_1}, by(kari));
  scene.when(AskForHelp{room_1}, by(ola)).then_nothing();
  scene.when(AnswerHelp{room_1}, organiser).then({HelpAnswered{room_1}});
  scene.when(AnswerHelp{room_1}, by(kari)).then({HelpAnswered{room_1}});
  scene.when(AskForHelp{room_1}, by(eva)).refused(forbidden);
  given_people().when(AnswerHelp{room_1}, organiser).then_nothing();
  given_people({RoomClosed{room_1}})
      .when(AskForHelp{room_1}, by(kari))
      .refused(room_closed, "room");
  given_people().when(AskForHelp{RoomNumber{9}}, organiser).refused(unknown_room, "room");
}
