// What the events of steps, clocks, turns and asking make of the state.
#include <algorithm>

#include "domain/applies.hpp"

namespace rundbord {
namespace {

// What undo_step goes back to is the step that was left.
void change_step(Room& room, std::optional<RoomStep> step, Time at) {
  room.earlier_step = std::move(room.step);
  room.step = std::move(step);
  room.step_changed = at;
}

void lower_hand(Room& room, const SeatId& seat) {
  const auto of_seat = [&seat](const Hand& hand) { return hand.seat == seat; };
  room.hands.erase(std::remove_if(room.hands.begin(), room.hands.end(), of_seat), room.hands.end());
}

bool has_spoken(const Lap& lap, const SeatId& seat) {
  return std::any_of(lap.order.begin(), lap.order.end(), [&seat](const LapTurn& turn) {
    return turn.seat == seat && turn.state == TurnState::spoke;
  });
}

// Speaking in a lap counts as being heard, like the word in a dialogue.
void count_heard(Workshop& workshop, const Lap& before, const Lap& after) {
  for (const auto& turn : after.order) {
    const bool spoke_now = turn.state == TurnState::spoke && !has_spoken(before, turn.seat);
    if (spoke_now) ++workshop.seats.at(turn.seat).heard;
  }
}

}  // namespace

void apply(Workshop& workshop, const StepStarted& event, Time at) {
  change_step(workshop.rooms.at(event.room), event.step, at);
  workshop.started = true;
}

void apply(Workshop& workshop, const StepUndone& event, Time) {
  auto& room = workshop.rooms.at(event.room);
  room.step = event.step;
  room.earlier_step.reset();
  room.step_changed.reset();
}

void apply(Workshop& workshop, const StepsEnded& event, Time at) {
  change_step(workshop.rooms.at(event.room), std::nullopt, at);
}

void apply(Workshop& workshop, const ClockChanged& event, Time) {
  workshop.rooms.at(event.room).step.value().clock = event.clock;
}

void apply(Workshop& workshop, const LapChanged& event, Time) {
  auto& lap = workshop.rooms.at(event.room).step.value().lap.value();
  if (event.cause == LapCause::turn_ended) count_heard(workshop, lap, event.lap);
  lap = event.lap;
}

void apply(Workshop& workshop, const HandRaised& event, Time) {
  workshop.rooms.at(event.room).hands.push_back(event.hand);
}

void apply(Workshop& workshop, const HandLowered& event, Time) {
  lower_hand(workshop.rooms.at(event.room), event.seat);
}

void apply(Workshop& workshop, const WordGiven& event, Time) {
  lower_hand(workshop.rooms.at(event.room), event.seat);
  ++workshop.seats.at(event.seat).heard;
}

void apply(Workshop& workshop, const TimeAsked& event, Time) {
  workshop.rooms.at(event.room).time_asked = event.by;
}

void apply(Workshop& workshop, const TimeAnswered& event, Time) {
  workshop.rooms.at(event.room).time_asked.reset();
}

void apply(Workshop& workshop, const HelpAsked& event, Time at) {
  workshop.rooms.at(event.room).help_asked = at;
}

void apply(Workshop& workshop, const HelpAnswered& event, Time) {
  workshop.rooms.at(event.room).help_asked.reset();
}

}  // namespace rundbord
