// What the rules of rooms share: finding the room a command is about, doing one thing in several
// rooms, and what a lap makes of changes around it. Inside domain/ only; pure functions.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "domain/decide.hpp"
#include "domain/lap.hpp"

namespace rundbord {

template <class T>
using Or = std::variant<T, Rejection>;

Decided done(std::vector<Event> events);
void append(std::vector<Event>& events, std::vector<Event> more);

// The room, if it is there and not closed.
Or<const Room*> open_room(const Workshop& workshop, RoomNumber room,
                          const std::string& field = "room");
// A seat and the open room it is in.
struct Placed {
  const Seat* seat = nullptr;
  const Room* room = nullptr;
};
Or<Placed> placed(const Workshop& workshop, const SeatId& seat, const std::string& field = "seat");

// Does one thing in each of `rooms` (empty: in all open ones), skipping those it does not apply to;
// refused when it applies to none. Named rooms that do not exist refuse the whole command.
Decision in_rooms(const Workshop& workshop, const Rooms& rooms,
                  const std::function<Or<std::vector<Event>>(const Room&)>& in_one);

inline bool in_lap(const Room& room) {
  return room.step && room.step->lap;
}
// In order of seat number.
std::vector<LapSeat> lap_seats(const Workshop& workshop, RoomNumber room);
// The same for all rooms at once: asking 3,000 rooms one by one would visit every seat 3,000 times.
std::map<RoomNumber, std::vector<LapSeat>> lap_seats_by_room(const Workshop& workshop);
// The seats of the room as a lap takes them, the facilitator at its place.
std::vector<LapSeat> lap_order(const Workshop& workshop, const Room& room,
                               std::vector<LapSeat> seats);

// A lap that became `next`, with the notes its new speaker has brought; nothing if it is the same.
std::vector<Event> lap_changed(const Workshop& workshop, const Room& room, LapCause cause,
                               const Lap& next);
// The room's lap, if there is one, after `seats` became those of the room.
std::vector<Event> lap_settled(const Workshop& workshop, const Room& room, LapCause cause,
                               const std::vector<LapSeat>& seats, Time now);

// Ends the room's steps: what EndSteps does, and calling back or closing a room or sitting must.
// Nothing when the room is in no step.
std::vector<Event> steps_ended(const Workshop& workshop, const Room& room);
// Takes back "3 more minutes" when what it was asked for is over.
std::vector<Event> time_no_longer_asked(const Room& room);

}  // namespace rundbord
