// Steps: starting, skipping, returning, taking back, ending; and the sitting they belong to.
#include "given.hpp"

using namespace rundbord;
using namespace rundbord::testing;
using enum RejectionCode;

namespace {

RoomStep step(StepPosition at, StepKind kind, Clock clock, Time started = now) {
  return {at, kind, started, clock, std::nullopt};
}
Clock runs(Duration length, Time from = now) {
  return RunningClock{from + length, length};
}
const RoomStep in_dialogue = step(dialogue_1, StepKind::dialogue, runs(minutes(10)));
const RoomStep in_summary = step(summary_1, StepKind::summary, NoClock{});

StartStep start(Rooms rooms, StepPosition at, std::optional<StepPosition> from = std::nullopt) {
  return {std::move(rooms), at, from};
}

Given with_sitting(SittingState state) {
  auto changed = progress(1, state);
  if (state == SittingState::called_back) changed.steps_end_at = now + minutes(1);
  if (state == SittingState::called_back || state == SittingState::writing) {
    changed.texts_close_at = now + minutes(5);
  }
  return given_people({SittingChanged{changed}});
}

}  // namespace

TEST_CASE("a step starts with its planned minutes running, or without a clock") {
  given_people()
      .when(start({room_1}, dialogue_1), by(kari))
      .then({StepStarted{room_1, in_dialogue}});
  given_people().when(start({room_1}, summary_1), by(kari)).then({StepStarted{room_1, in_summary}});
}

TEST_CASE("the first step fixes the programme") {
  CHECK_FALSE(given_people().state().started);
  CHECK(given_people().when(start({room_1}, dialogue_1), by(kari)).state().started);
}

TEST_CASE("steps are skipped and returned to") {
  given_people({StepStarted{room_1, in_summary}})
      .when(start({room_1}, dialogue_1, summary_1), by(kari))
      .then({StepStarted{room_1, in_dialogue}});
}

TEST_CASE("only planned steps can be started") {
  for (const auto at : {StepPosition{9, 0, 0}, StepPosition{1, 2, 0}, StepPosition{1, 0, 3},
                        StepPosition{1, -1, 0}, StepPosition{1, 0, -1}}) {
    given_people().when(start({room_1}, at), by(kari)).refused(unknown_step, "step");
  }
}

TEST_CASE("two who press next at once move the room on once") {
  auto scene = given_people({StepStarted{room_1, in_dialogue}});
  const auto next = start({room_1}, summary_1, dialogue_1);
  scene.after(next, by(kari));
  scene.when(next, by(ola)).refused(stale_position, "from");
  given_people().when(next, by(ola)).refused(stale_position, "from");
}

TEST_CASE("starting the step a room is in leaves its clock alone") {
  given_people({StepStarted{room_1, in_dialogue}})
      .later(minutes(3))
      .when(start({room_1}, dialogue_1), by(kari))
      .then_nothing();
}

TEST_CASE("the organiser moves all open rooms, leaving alone those that are there already") {
  const auto outcome = given_people({RoomClosed{room_3}, StepStarted{room_2, in_dialogue}})
                           .when(start({}, dialogue_1), organiser);
  outcome.then({StepStarted{room_1, in_dialogue}});
  given_people({RoomClosed{room_3}})
      .when(start({room_3}, dialogue_1), organiser)
      .refused(room_closed, "rooms");
  given_people({RoomClosed{room_3}})
      .when(start({room_3, room_1}, dialogue_1), organiser)
      .then({StepStarted{room_1, in_dialogue}});
  given_people()
      .when(start({RoomNumber{9}, room_1}, dialogue_1), organiser)
      .refused(unknown_room, "rooms");
}

TEST_CASE("a seat moves its own room only") {
  given_people().when(start({}, dialogue_1), by(kari)).refused(forbidden);
  given_people().when(start({room_2}, dialogue_1), by(kari)).refused(forbidden);
  given_people().when(start({room_1, room_2}, dialogue_1), by(kari)).refused(forbidden);
  given_people({holds(room_1, "facilitator", ola)})
      .when(start({room_1}, dialogue_1), by(kari))
      .refused(forbidden);
  given_people({holds(room_1, "facilitator", ola)})
      .when(start({room_1}, dialogue_1), by(ola))
      .accepted();
}

TEST_CASE("the organiser's first step opens a planned sitting, a room waits for it") {
  const auto open = SittingChanged{progress(2, SittingState::open)};
  const auto events =
      given_people().when(start({room_1}, lap_afternoon), organiser).decided().events;
  REQUIRE(events.size() == 2);
  CHECK(text_of(events[0]) == text_of(Event(open)));
  given_people().when(start({room_1}, lap_afternoon), by(kari)).refused(sitting_not_open, "step");
}

TEST_CASE("steps go on while a sitting is called back, and not after") {
  with_sitting(SittingState::called_back).when(start({room_1}, dialogue_1), by(kari)).accepted();
  with_sitting(SittingState::writing)
      .when(start({room_1}, dialogue_1), by(kari))
      .refused(sitting_closed, "step");
  with_sitting(SittingState::closed)
      .when(start({room_1}, dialogue_1), organiser)
      .refused(sitting_closed, "step");
}

TEST_CASE("undo goes back to the earlier step as if the room had not moved on") {
  given_people({StepStarted{room_1, in_dialogue}})
      .later(minutes(2))
      .after(start({room_1}, summary_1), by(kari))
      .later(seconds(30))
      .when(UndoStep{{room_1}}, by(ola))
      .then({StepUndone{room_1, in_dialogue}});
}

TEST_CASE("undo of the first step leaves the room without one; undo of the end goes on") {
  given_people()
      .after(start({room_1}, summary_1), by(kari))
      .when(UndoStep{{room_1}}, by(kari))
      .then({StepUndone{room_1, std::nullopt}});
  given_people({StepStarted{room_1, in_dialogue}})
      .after(EndSteps{{room_1}}, by(kari))
      .when(UndoStep{{room_1}}, by(kari))
      .then({StepUndone{room_1, in_dialogue}});
}

TEST_CASE("undo goes back one step, within a minute") {
  const UndoStep undo{{room_1}};
  given_people().when(undo, by(kari)).refused(nothing_to_undo, "rooms");
  auto scene = given_people({StepStarted{room_1, in_dialogue}});
  scene.after(start({room_1}, summary_1), by(kari));
  scene.later(undo_step_within).when(undo, by(kari)).accepted();
  scene.later(Duration{1}).when(undo, by(kari)).refused(nothing_to_undo, "rooms");
  given_people({StepStarted{room_1, in_dialogue}})
      .after(start({room_1}, summary_1), by(kari))
      .after(undo, by(kari))
      .when(undo, by(kari))
      .refused(nothing_to_undo, "rooms");
}

TEST_CASE("undo does not go back into a closed sitting") {
  auto scene = given_people({StepStarted{room_1, in_dialogue}, StepsEnded{room_1}});
  scene.with({SittingChanged{progress(1, SittingState::closed)}});
  scene.when(UndoStep{{room_1}}, by(kari)).refused(sitting_closed, "rooms");
}

TEST_CASE("undo everywhere takes back the rooms that can be taken back") {
  given_people()
      .after(start({room_2}, summary_1), by(eva))
      .when(UndoStep{{}}, organiser)
      .then({StepUndone{room_2, std::nullopt}});
}

TEST_CASE("an undone lap follows who came and went meanwhile") {
  auto scene = given_people().after(start({room_1}, lap_1), by(kari));
  scene.after(start({room_1}, dialogue_1), by(kari))
      .after(MoveSeat{kari, room_2}, by(kari))
      .after(MoveSeat{eva, room_1}, by(eva));
  const auto outcome = scene.when(UndoStep{{room_1}}, by(ola));
  const auto lap = outcome.all<StepUndone>().at(0).step->lap.value();
  REQUIRE(lap.order.size() == 3);
  CHECK(lap.order[0] == LapTurn{ola, TurnState::speaking});
  CHECK(lap.order[2] == LapTurn{eva, TurnState::waiting});
}

TEST_CASE("ending the steps leaves the room without a step, once") {
  auto scene = given_people({StepStarted{room_1, in_dialogue}});
  scene.when(EndSteps{{room_1}}, by(kari)).then({StepsEnded{room_1}});
  scene.when(EndSteps{{}}, organiser).then({StepsEnded{room_1}});
  scene.after(EndSteps{{room_1}}, by(kari)).when(EndSteps{{room_1}}, by(kari)).then_nothing();
}
