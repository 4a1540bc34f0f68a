// What the events of people and roles make of the state.
#include <algorithm>

#include "domain/applies.hpp"

namespace rundbord {

namespace {

void leave_room(Workshop& workshop, const Seat& seat) {
  if (seat.room) workshop.rooms.at(*seat.room).seats.erase(seat.number);
}

void enter_room(Workshop& workshop, const Seat& seat) {
  if (seat.room) workshop.rooms.at(*seat.room).seats.emplace(seat.number, seat.id);
}

}  // namespace

void apply(Workshop& workshop, const SeatJoined& event, Time) {
  if (const auto* before = find_seat(workshop, event.seat.id)) leave_room(workshop, *before);
  workshop.removed_seats.erase(event.seat.id);
  workshop.seats.insert_or_assign(event.seat.id, event.seat);
  workshop.last_seat_number = std::max(workshop.last_seat_number, event.seat.number);
  enter_room(workshop, event.seat);
}

void apply(Workshop& workshop, const SeatNamed& event, Time) {
  workshop.seats.at(event.seat).name_version = event.version;
}

void apply(Workshop& workshop, const SeatRemoved& event, Time) {
  leave_room(workshop, workshop.seats.at(event.seat));
  workshop.seats.erase(event.seat);
  workshop.removed_seats.insert(event.seat);
}

void apply(Workshop& workshop, const SeatMoved& event, Time) {
  auto& seat = workshop.seats.at(event.seat);
  leave_room(workshop, seat);
  seat.room = event.to;
  enter_room(workshop, seat);
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
