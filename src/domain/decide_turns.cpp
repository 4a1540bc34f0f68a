// The rules of turns: whose word it is in a lap, hands in the dialogue, and asking for help.
#include <algorithm>

#include "domain/clock.hpp"
#include "domain/in_room.hpp"
#include "domain/rules.hpp"

namespace rundbord {
namespace {

using enum RejectionCode;

LapTime lap_time(const Room& room, const Context& context) {
  return {room.step->clock, context.now};
}

bool has_hand(const Room& room, const SeatId& seat) {
  return std::any_of(room.hands.begin(), room.hands.end(),
                     [&seat](const Hand& hand) { return hand.seat == seat; });
}

// The seat's room, which must be in a lap.
Or<Placed> placed_in_lap(const Workshop& head, const SeatId& seat) {
  auto place = placed(head, seat);
  const auto* found = std::get_if<Placed>(&place);
  if (found && !in_lap(*found->room)) return refused(no_lap);
  return place;
}

Or<const Room*> room_in_lap(const Workshop& head, RoomNumber number) {
  auto room = open_room(head, number);
  const auto* found = std::get_if<const Room*>(&room);
  if (found && !in_lap(**found)) return refused(no_lap);
  return room;
}

}  // namespace

Decision rule(const Workshop& head, const EndTurn& command, const Context& context) {
  const auto place = placed_in_lap(head, command.seat);
  if (const auto* rejection = std::get_if<Rejection>(&place)) return *rejection;
  const auto& room = *std::get<Placed>(place).room;
  if (speaker(*room.step->lap) != command.seat) return refused(not_your_turn, "seat");
  const auto lap = end_turn(*room.step->lap, command.how, lap_time(room, context));
  return done(lap_changed(head, room, LapCause::turn_ended, lap));
}

// Somebody absent must be marked present first: the lap would skip them again.
Decision rule(const Workshop& head, const GiveTurn& command, const Context& context) {
  const auto place = placed_in_lap(head, command.seat);
  if (const auto* rejection = std::get_if<Rejection>(&place)) return *rejection;
  const auto& room = *std::get<Placed>(place).room;
  const auto* turn = find_turn(*room.step->lap, command.seat);
  if (!turn || turn->state == TurnState::absent || !std::get<Placed>(place).seat->present()) {
    return refused(not_your_turn, "seat");
  }
  if (turn->state == TurnState::speaking) return done({});
  const auto lap = give_turn(*room.step->lap, command.seat, lap_time(room, context));
  return done(lap_changed(head, room, LapCause::turn_given, lap));
}

// An order made before somebody's turn ended or somebody came does not fit any more.
Decision rule(const Workshop& head, const OrderLap& command, const Context&) {
  const auto found = room_in_lap(head, command.room);
  if (const auto* rejection = std::get_if<Rejection>(&found)) return *rejection;
  const auto& room = *std::get<const Room*>(found);
  const auto lap = reorder(*room.step->lap, command.order);
  if (!lap) return refused(stale_position, "order");
  return done(lap_changed(head, room, LapCause::reordered, *lap));
}

// The new lap gets as much time as the first had.
Decision rule(const Workshop& head, const StartLapAgain& command, const Context& context) {
  const auto found = room_in_lap(head, command.room);
  if (const auto* rejection = std::get_if<Rejection>(&found)) return *rejection;
  const auto& room = *std::get<const Room*>(found);
  std::vector<Event> events;
  auto time = lap_time(room, context);
  if (!std::holds_alternative<NoClock>(time.clock)) {
    time.clock = running_for(total_of(time.clock), context.now);
    events.push_back(ClockChanged{room.number, time.clock});
  }
  const auto order = lap_order(head, room, lap_seats(head, room.number));
  const auto lap = new_lap(order, room.step->lap->round + 1, time);
  append(events, lap_changed(head, room, LapCause::again, lap));
  return done(std::move(events));
}

Decision rule(const Workshop& head, const RaiseHand& command, const Context& context) {
  const auto place = placed(head, command.seat);
  if (const auto* rejection = std::get_if<Rejection>(&place)) return *rejection;
  const auto& room = *std::get<Placed>(place).room;
  if (has_hand(room, command.seat)) return done({});
  return done({HandRaised{room.number, {command.seat, context.now}}});
}

Decision rule(const Workshop& head, const LowerHand& command, const Context&) {
  const auto place = placed(head, command.seat);
  if (const auto* rejection = std::get_if<Rejection>(&place)) return *rejection;
  const auto& room = *std::get<Placed>(place).room;
  if (!has_hand(room, command.seat)) return done({});
  return done({HandLowered{room.number, command.seat}});
}

Decision rule(const Workshop& head, const GiveWord& command, const Context&) {
  const auto place = placed(head, command.seat);
  if (const auto* rejection = std::get_if<Rejection>(&place)) return *rejection;
  return done({WordGiven{std::get<Placed>(place).room->number, command.seat}});
}

Decision rule(const Workshop& head, const AskForHelp& command, const Context&) {
  const auto found = open_room(head, command.room);
  if (const auto* rejection = std::get_if<Rejection>(&found)) return *rejection;
  if (std::get<const Room*>(found)->help_asked) return done({});
  return done({HelpAsked{command.room}});
}

Decision rule(const Workshop& head, const AnswerHelp& command, const Context&) {
  const auto found = open_room(head, command.room);
  if (const auto* rejection = std::get_if<Rejection>(&found)) return *rejection;
  if (!std::get<const Room*>(found)->help_asked) return done({});
  return done({HelpAnswered{command.room}});
}

}  // namespace rundbord
