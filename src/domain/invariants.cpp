#include <algorithm>
#include <set>

#include "domain/applies.hpp"

namespace rundbord {
namespace {

using Sentences = std::vector<std::string>;

std::string of_room(const Room& room) {
  return " in room " + std::to_string(to_int(room.number));
}

bool sits_in(const Workshop& workshop, const SeatId& seat, const Room& room) {
  const auto* found = find_seat(workshop, seat);
  return found && found->room == room.number;
}

void check_seats(const Workshop& workshop, Sentences& broken) {
  std::set<int> numbers;
  std::size_t in_rooms = 0, listed = 0;
  for (const auto& [id, seat] : workshop.seats) {
    const auto called = "seat " + std::to_string(seat.number);
    if (seat.id != id) broken.push_back(called + " is kept under another id");
    const auto* room = seat.room ? find_room(workshop, *seat.room) : nullptr;
    if (seat.room && !room) broken.push_back(called + " is in a room that does not exist");
    if (room && (room->seats.count(seat.number) == 0 || room->seats.at(seat.number) != id)) {
      broken.push_back(called + " is not among those of its room");
    }
    if (seat.host == seat.id) broken.push_back(called + " is its own host");
    if (seat.host && seat.away) broken.push_back(called + " is away but has no device");
    if (!numbers.insert(seat.number).second) broken.push_back(called + " exists twice");
    if (seat.number < 1 || seat.number > workshop.last_seat_number) {
      broken.push_back(called + " has a number that was never given out");
    }
    if (seat.room) ++in_rooms;
    if (workshop.removed_seats.count(id) != 0) broken.push_back(called + " is there and removed");
  }
  for (const auto& [number, room] : workshop.rooms) listed += room.seats.size();
  if (listed != in_rooms) broken.push_back("a room lists somebody who is not there");
}

void check_roles(const Workshop& workshop, const Room& room, Sentences& broken) {
  for (const auto& [role, holder] : room.roles) {
    if (!find_role(workshop, role)) broken.push_back("unknown role " + role + of_room(room));
    if (!sits_in(workshop, holder.seat, room)) {
      broken.push_back(role + " is held by somebody who is not" + of_room(room));
    }
  }
}

void check_hands(const Workshop& workshop, const Room& room, Sentences& broken) {
  std::set<SeatId> seats;
  for (const auto& hand : room.hands) {
    if (!seats.insert(hand.seat).second) broken.push_back("a hand is up twice" + of_room(room));
    if (!sits_in(workshop, hand.seat, room)) {
      broken.push_back("a hand of somebody who is not" + of_room(room));
    }
  }
}

// The lap is over exactly when nobody is waiting.
void check_word(const Room& room, const Lap& lap, Sentences& broken) {
  const auto count = [&lap](TurnState state) {
    return std::count_if(lap.order.begin(), lap.order.end(),
                         [state](const LapTurn& turn) { return turn.state == state; });
  };
  const auto speaking = count(TurnState::speaking);
  if (speaking > 1) broken.push_back("two have the word" + of_room(room));
  if (speaking == 0 && count(TurnState::waiting) > 0) {
    broken.push_back("people wait and nobody has the word" + of_room(room));
  }
  if (speaking == 0 && !std::holds_alternative<NoClock>(lap.turn_clock)) {
    broken.push_back("a turn's clock without a turn" + of_room(room));
  }
  const bool runs = std::holds_alternative<RunningClock>(lap.turn_clock);
  if (runs && !std::holds_alternative<RunningClock>(room.step->clock)) {
    broken.push_back("the turn's clock runs while the step's does not" + of_room(room));
  }
}

void check_turns(const Workshop& workshop, const Room& room, const Lap& lap, Sentences& broken) {
  std::set<SeatId> seats;
  for (const auto& turn : lap.order) {
    const auto* seat = find_seat(workshop, turn.seat);
    if (!seats.insert(turn.seat).second) {
      broken.push_back("somebody is twice in the lap" + of_room(room));
    }
    if (!sits_in(workshop, turn.seat, room)) {
      broken.push_back("the lap has somebody who is not" + of_room(room));
      continue;
    }
    const bool due = turn.state == TurnState::waiting || turn.state == TurnState::speaking;
    if (due && !seat->present()) {
      broken.push_back("an absent seat is due in the lap" + of_room(room));
    }
    if (turn.state == TurnState::absent && seat->present()) {
      broken.push_back("a present seat is skipped in the lap" + of_room(room));
    }
  }
  if (seats.size() != seats_in(workshop, room.number).size()) {
    broken.push_back("somebody is missing from the lap" + of_room(room));
  }
}

void check_step(const Workshop& workshop, const Room& room, Sentences& broken) {
  if (!room.step) {
    if (room.time_asked) broken.push_back("time is asked for without a step" + of_room(room));
    return;
  }
  const auto* planned = find_step(workshop, room.step->at);
  if (!planned || planned->step != room.step->kind) {
    broken.push_back("the step is not in the programme" + of_room(room));
  }
  if ((room.step->kind == StepKind::lap) != room.step->lap.has_value()) {
    broken.push_back("a lap step has a lap, no other has" + of_room(room));
  }
  if (!room.step->lap) return;
  check_word(room, *room.step->lap, broken);
  check_turns(workshop, room, *room.step->lap, broken);
}

}  // namespace

Sentences broken_invariants(const Workshop& workshop) {
  Sentences broken;
  check_seats(workshop, broken);
  for (const auto& [number, room] : workshop.rooms) {
    if (room.number != number) broken.push_back("a room is kept under another number");
    check_roles(workshop, room, broken);
    check_hands(workshop, room, broken);
    check_step(workshop, room, broken);
  }
  for (auto& sentence : broken_board_invariants(workshop)) broken.push_back(std::move(sentence));
  return broken;
}

}  // namespace rundbord
