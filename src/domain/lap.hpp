// The engine of a lap: each speaks once, in order. Whenever somebody is waiting, somebody has the
// word; nobody speaking means the lap is over. Pure functions over plain values: any thread.
#pragma once
#include <optional>
#include <vector>

#include "domain/commands_room.hpp"

namespace rundbord {

// Somebody of the room, as far as a lap is concerned.
struct LapSeat {
  SeatId seat;
  bool present = true;
};

// What turns share out: what is left on the step's clock now, by those who have yet to speak.
struct LapTime {
  Clock clock;
  Time now;
};

// `seats` in order of seat number; the first of the lap has the word at once.
Lap new_lap(const std::vector<LapSeat>& seats, int round, const LapTime& time);
// Moves the facilitator to its place among the others, before a lap is made of them.
std::vector<LapSeat> with_facilitator(std::vector<LapSeat> seats, const SeatId& facilitator,
                                      FacilitatorTurn turn);

std::optional<SeatId> speaker(const Lap& lap);
const LapTurn* find_turn(const Lap& lap, const SeatId& seat);
std::vector<SeatId> waiting(const Lap& lap);

// Needs a speaker. Whoever comes back later goes to the end, and has the word again at once when
// nobody else is waiting.
Lap end_turn(Lap lap, TurnEnd how, const LapTime& time);
// Needs `seat` in the lap. Whoever had the word waits at the same place.
Lap give_turn(Lap lap, const SeatId& seat, const LapTime& time);
// Those waiting in another order; nothing when `order` does not name exactly them.
std::optional<Lap> reorder(Lap lap, const std::vector<SeatId>& order);
// Follows who is in the room: the departed leave the lap, the absent are skipped, newcomers and the
// returned are last. `seats` in order of seat number.
Lap settle(Lap lap, const std::vector<LapSeat>& seats, const LapTime& time);
// The turn's clock pauses and goes on with the step's.
Lap follow_clock(Lap lap, const LapTime& time);
// The speaker's time anew, after the step's clock was set.
Lap share_out_again(Lap lap, const LapTime& time);

}  // namespace rundbord
