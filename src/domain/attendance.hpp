// What follows in a room when people come, go, or are absent: its lap, its hands, its roles. Inside
// domain/ only; pure functions over the state before the change.
#pragma once
#include <set>
#include <vector>

#include "domain/decide.hpp"

namespace rundbord {

// `leaving` go from this room: what they held is free, their turn goes on to the next.
std::vector<Event> after_departure(const Workshop& workshop, const Room& room,
                                   const std::set<SeatId>& leaving, Time now);
// `coming`, as they will be, are in this room now: last in a lap.
std::vector<Event> after_arrival(const Workshop& workshop, const Room& room,
                                 const std::vector<Seat>& coming, Time now);
// `seat` as it will be; one of this room.
std::vector<Event> after_presence(const Workshop& workshop, const Room& room, const Seat& seat,
                                  Time now);

}  // namespace rundbord
