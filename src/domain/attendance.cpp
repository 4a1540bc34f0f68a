#include "domain/attendance.hpp"

#include <algorithm>

#include "domain/in_room.hpp"

namespace rundbord {
namespace {

std::vector<Event> hand_lowered(const Room& room, const SeatId& seat) {
  const bool raised = std::any_of(room.hands.begin(), room.hands.end(),
                                  [&seat](const Hand& hand) { return hand.seat == seat; });
  if (!raised) return {};
  return {HandLowered{room.number, seat}};
}

std::vector<Event> roles_emptied(const Room& room, const SeatId& seat) {
  std::vector<Event> events;
  for (const auto& [role, holder] : room.roles) {
    if (holder.seat == seat) {
      events.push_back(RoleAssigned{room.number, role, std::nullopt, false});
    }
  }
  return events;
}

}  // namespace

std::vector<Event> after_departure(const Workshop& workshop, const Room& room,
                                   const std::set<SeatId>& leaving, Time now) {
  std::vector<Event> events;
  for (const auto& seat : leaving) {
    append(events, roles_emptied(room, seat));
    append(events, hand_lowered(room, seat));
  }
  if (!in_lap(room)) return events;
  auto staying = lap_seats(workshop, room.number);
  staying.erase(std::remove_if(staying.begin(), staying.end(),
                               [&](const LapSeat& seat) { return leaving.count(seat.seat) > 0; }),
                staying.end());
  append(events, lap_settled(workshop, room, LapCause::absent, staying, now));
  return events;
}

std::vector<Event> after_arrival(const Workshop& workshop, const Room& room,
                                 const std::vector<Seat>& coming, Time now) {
  if (!in_lap(room)) return {};
  auto seats = lap_seats(workshop, room.number);
  for (const auto& seat : coming) seats.push_back({seat.id, seat.present()});
  return lap_settled(workshop, room, LapCause::arrived, seats, now);
}

std::vector<Event> after_presence(const Workshop& workshop, const Room& room, const Seat& seat,
                                  Time now) {
  std::vector<Event> events;
  if (!seat.present()) append(events, hand_lowered(room, seat.id));
  if (!in_lap(room)) return events;
  auto seats = lap_seats(workshop, room.number);
  for (auto& one : seats) {
    if (one.seat == seat.id) one.present = seat.present();
  }
  const auto cause = seat.present() ? LapCause::arrived : LapCause::absent;
  append(events, lap_settled(workshop, room, cause, seats, now));
  return events;
}

}  // namespace rundbord
