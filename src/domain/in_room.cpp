#include "domain/in_room.hpp"

#include <algorithm>
#include <set>

#include "domain/reveal.hpp"

namespace rundbord {
namespace {

std::optional<SeatId> facilitator_of(const Workshop& workshop, const Room& room) {
  const auto named = room.roles.find("facilitator");
  if (named != room.roles.end()) return named->second.seat;
  for (const auto& role : workshop.roles) {
    const bool leads = std::count(role.rights.begin(), role.rights.end(), Right::lead_steps) > 0;
    const auto held = room.roles.find(role.key);
    if (leads && held != room.roles.end()) return held->second.seat;
  }
  return std::nullopt;
}

Or<std::vector<const Room*>> rooms_named(const Workshop& workshop, const Rooms& rooms) {
  std::vector<const Room*> found;
  for (const auto number : std::set<RoomNumber>(rooms.begin(), rooms.end())) {
    const auto* room = find_room(workshop, number);
    if (!room) return refused(RejectionCode::unknown_room, "rooms");
    found.push_back(room);
  }
  return found;
}

std::vector<const Room*> rooms_open(const Workshop& workshop) {
  std::vector<const Room*> found;
  for (const auto& [number, room] : workshop.rooms) {
    if (!room.closed) found.push_back(&room);
  }
  return found;
}

}  // namespace

Decided done(std::vector<Event> events) {
  Decided decided;
  decided.events = std::move(events);
  return decided;
}

void append(std::vector<Event>& events, std::vector<Event> more) {
  events.insert(events.end(), std::make_move_iterator(more.begin()),
                std::make_move_iterator(more.end()));
}

Or<const Room*> open_room(const Workshop& workshop, RoomNumber room, const std::string& field) {
  const auto* found = find_room(workshop, room);
  if (!found) return refused(RejectionCode::unknown_room, field);
  if (found->closed) return refused(RejectionCode::room_closed, field);
  return found;
}

Or<Placed> placed(const Workshop& workshop, const SeatId& seat, const std::string& field) {
  const auto* found = find_seat(workshop, seat);
  if (!found) return refused(RejectionCode::unknown_seat, field);
  if (!found->room) return refused(RejectionCode::unknown_room, field);
  const auto room = open_room(workshop, *found->room, field);
  if (const auto* rejection = std::get_if<Rejection>(&room)) return *rejection;
  return Placed{found, std::get<const Room*>(room)};
}

Decision in_rooms(const Workshop& workshop, const Rooms& rooms,
                  const std::function<Or<std::vector<Event>>(const Room&)>& in_one) {
  const auto named = rooms_named(workshop, rooms);
  if (const auto* rejection = std::get_if<Rejection>(&named)) return *rejection;
  const auto chosen =
      rooms.empty() ? rooms_open(workshop) : std::get<std::vector<const Room*>>(named);
  std::optional<Rejection> first_refusal;
  std::vector<Event> events;
  bool applies = false;
  for (const auto* room : chosen) {
    auto answer = room->closed ? refused(RejectionCode::room_closed, "rooms") : in_one(*room);
    if (const auto* rejection = std::get_if<Rejection>(&answer)) {
      if (!first_refusal) first_refusal = *rejection;
    } else {
      applies = true;
      append(events, std::get<std::vector<Event>>(std::move(answer)));
    }
  }
  if (applies) return done(std::move(events));
  return first_refusal.value_or(refused(RejectionCode::unknown_room, "rooms"));
}

std::vector<LapSeat> lap_seats(const Workshop& workshop, RoomNumber room) {
  std::vector<LapSeat> seats;
  for (const auto* seat : seats_in(workshop, room)) seats.push_back({seat->id, seat->present()});
  return seats;
}

std::map<RoomNumber, std::vector<LapSeat>> lap_seats_by_room(const Workshop& workshop) {
  std::map<RoomNumber, std::vector<LapSeat>> rooms;
  for (const auto& [number, room] : workshop.rooms) {
    if (!room.seats.empty()) rooms.emplace(number, lap_seats(workshop, number));
  }
  return rooms;
}

std::vector<LapSeat> lap_order(const Workshop& workshop, const Room& room,
                               std::vector<LapSeat> seats) {
  const auto facilitator = facilitator_of(workshop, room);
  if (!facilitator) return seats;
  return with_facilitator(std::move(seats), *facilitator, workshop.settings.facilitator_turn);
}

std::vector<Event> lap_changed(const Workshop& workshop, const Room& room, LapCause cause,
                               const Lap& next) {
  if (room.step->lap == next) return {};
  std::vector<Event> events{LapChanged{room.number, cause, next}};
  RoomStep step = *room.step;
  step.lap = next;
  if (auto revealed = reveal_for(workshop, room.number, step)) {
    events.push_back(std::move(*revealed));
  }
  return events;
}

std::vector<Event> lap_settled(const Workshop& workshop, const Room& room, LapCause cause,
                               const std::vector<LapSeat>& seats, Time now) {
  if (!in_lap(room)) return {};
  const auto next = settle(*room.step->lap, seats, {room.step->clock, now});
  return lap_changed(workshop, room, cause, next);
}

std::vector<Event> steps_ended(const Workshop& workshop, const Room& room) {
  if (!room.step) return {};
  auto events = time_no_longer_asked(room);
  events.push_back(StepsEnded{room.number});
  if (auto revealed = reveal_for(workshop, room.number, std::nullopt)) {
    events.push_back(std::move(*revealed));
  }
  return events;
}

std::vector<Event> time_no_longer_asked(const Room& room) {
  if (!room.time_asked) return {};
  return {TimeAnswered{room.number, false}};
}

}  // namespace rundbord
