#include "domain/lap.hpp"

#include <algorithm>
#include <set>

#include "domain/clock.hpp"

namespace rundbord {
namespace {

std::vector<LapTurn>::iterator find_state(Lap& lap, TurnState state) {
  return std::find_if(lap.order.begin(), lap.order.end(),
                      [state](const LapTurn& turn) { return turn.state == state; });
}

std::vector<LapTurn>::iterator find_seat(Lap& lap, const SeatId& seat) {
  return std::find_if(lap.order.begin(), lap.order.end(),
                      [&seat](const LapTurn& turn) { return turn.seat == seat; });
}

// The speaker's share: those still waiting will need theirs.
Clock turn_clock(const Lap& lap, const LapTime& time) {
  const auto left = time_left(time.clock, time.now);
  if (!left) return NoClock{};
  const auto sharers = std::count_if(lap.order.begin(), lap.order.end(), [](const LapTurn& turn) {
    return turn.state == TurnState::waiting || turn.state == TurnState::speaking;
  });
  const auto share = std::max(*left, Duration{0}) / std::max<std::ptrdiff_t>(sharers, 1);
  if (std::holds_alternative<PausedClock>(time.clock)) return PausedClock{share, share};
  return running_for(share, time.now);
}

void give_word_to_next(Lap& lap, const LapTime& time) {
  if (find_state(lap, TurnState::speaking) != lap.order.end()) return;
  const auto next = find_state(lap, TurnState::waiting);
  if (next == lap.order.end()) {
    lap.turn_clock = NoClock{};
    return;
  }
  next->state = TurnState::speaking;
  lap.turn_clock = turn_clock(lap, time);
}

void move_to_end(Lap& lap, std::vector<LapTurn>::iterator turn) {
  turn->state = TurnState::waiting;
  std::rotate(turn, turn + 1, lap.order.end());
}

void drop_departed(Lap& lap, const std::vector<LapSeat>& seats) {
  const auto gone = [&](const LapTurn& turn) {
    return std::none_of(seats.begin(), seats.end(),
                        [&](const LapSeat& seat) { return seat.seat == turn.seat; });
  };
  lap.order.erase(std::remove_if(lap.order.begin(), lap.order.end(), gone), lap.order.end());
}

void settle_seat(Lap& lap, const LapSeat& seat) {
  const auto turn = find_seat(lap, seat.seat);
  if (turn == lap.order.end()) {
    lap.order.push_back({seat.seat, seat.present ? TurnState::waiting : TurnState::absent});
  } else if (seat.present && turn->state == TurnState::absent) {
    move_to_end(lap, turn);
  } else if (!seat.present &&
             (turn->state == TurnState::waiting || turn->state == TurnState::speaking)) {
    turn->state = TurnState::absent;
  }
}

std::size_t place_for(FacilitatorTurn turn, std::size_t others) {
  switch (turn) {
    case FacilitatorTurn::first:
      return 0;
    case FacilitatorTurn::middle:
      return (others + 1) / 2;
    case FacilitatorTurn::last:
      return others;
  }
  return others;
}

}  // namespace

Lap new_lap(const std::vector<LapSeat>& seats, int round, const LapTime& time) {
  Lap lap;
  lap.round = round;
  return settle(std::move(lap), seats, time);
}

std::vector<LapSeat> with_facilitator(std::vector<LapSeat> seats, const SeatId& facilitator,
                                      FacilitatorTurn turn) {
  const auto found = std::find_if(seats.begin(), seats.end(),
                                  [&](const LapSeat& seat) { return seat.seat == facilitator; });
  if (found == seats.end()) return seats;
  const auto moved = *found;
  seats.erase(found);
  const auto place = static_cast<std::ptrdiff_t>(place_for(turn, seats.size()));
  seats.insert(seats.begin() + place, moved);
  return seats;
}

std::optional<SeatId> speaker(const Lap& lap) {
  for (const auto& turn : lap.order) {
    if (turn.state == TurnState::speaking) return turn.seat;
  }
  return std::nullopt;
}

const LapTurn* find_turn(const Lap& lap, const SeatId& seat) {
  for (const auto& turn : lap.order) {
    if (turn.seat == seat) return &turn;
  }
  return nullptr;
}

std::vector<SeatId> waiting(const Lap& lap) {
  std::vector<SeatId> seats;
  for (const auto& turn : lap.order) {
    if (turn.state == TurnState::waiting) seats.push_back(turn.seat);
  }
  return seats;
}

Lap end_turn(Lap lap, TurnEnd how, const LapTime& time) {
  const auto turn = find_state(lap, TurnState::speaking);
  switch (how) {
    case TurnEnd::spoke:
      turn->state = TurnState::spoke;
      break;
    case TurnEnd::passed:
      turn->state = TurnState::passed;
      break;
    case TurnEnd::come_back:
      move_to_end(lap, turn);
      break;
  }
  give_word_to_next(lap, time);
  return lap;
}

Lap give_turn(Lap lap, const SeatId& seat, const LapTime& time) {
  const auto before = find_state(lap, TurnState::speaking);
  if (before != lap.order.end()) before->state = TurnState::waiting;
  find_seat(lap, seat)->state = TurnState::speaking;
  lap.turn_clock = turn_clock(lap, time);
  return lap;
}

std::optional<Lap> reorder(Lap lap, const std::vector<SeatId>& order) {
  const auto present_order = waiting(lap);
  const std::set<SeatId> asked(order.begin(), order.end());
  const std::set<SeatId> expected(present_order.begin(), present_order.end());
  if (asked != expected || order.size() != expected.size()) return std::nullopt;
  auto next = order.begin();
  for (auto& turn : lap.order) {
    if (turn.state == TurnState::waiting) turn.seat = *next++;
  }
  return lap;
}

Lap settle(Lap lap, const std::vector<LapSeat>& seats, const LapTime& time) {
  drop_departed(lap, seats);
  for (const auto& seat : seats) settle_seat(lap, seat);
  give_word_to_next(lap, time);
  return lap;
}

Lap follow_clock(Lap lap, const LapTime& time) {
  if (std::holds_alternative<RunningClock>(time.clock)) {
    lap.turn_clock = resumed(lap.turn_clock, time.now);
  } else {
    lap.turn_clock = paused(lap.turn_clock, time.now);
  }
  return lap;
}

Lap share_out_again(Lap lap, const LapTime& time) {
  lap.turn_clock = speaker(lap) ? turn_clock(lap, time) : Clock{NoClock{}};
  return lap;
}

}  // namespace rundbord
