// What the events of people and roles make of the state.
#include <algorithm>

#include "domain/applies.hpp"

namespace rundbord {

void apply(Workshop& workshop, const SeatJoined& event, Time) {
  workshop.seats.insert_or_assign(event.seat.id, event.seat);
  workshop.last_seat_number = std::max(workshop.last_seat_number, event.seat.number);
}

void apply(Workshop& workshop, const SeatNamed& event, Time) {
  workshop.seats.at(event.seat).name_version = event.version;
}

void apply(Workshop& workshop, const SeatRemoved& event, Time) {
  workshop.seats.erase(event.seat);
}

void apply(Workshop& workshop, const SeatMoved& event, Time) {
  workshop.seats.at(event.seat).room = event.to;
}

void apply(Workshop& workshop, const SeatPresenceChanged& event, Time) {
  auto& seat = workshop.seats.at(event.seat);
  seat.absent = event.absent;
  seat.away = event.away;
}

void apply(Workshop& workshop, const RoleAssigned& event, Time) {
  auto& roles = workshop.rooms.at(event.room).roles;
  if (event.seat) {
    roles[event.role] = {*event.seat, event.stand_in};
  } else {
    roles.erase(event.role);
  }
}

}  // namespace rundbord
