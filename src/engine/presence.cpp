#include "engine/presence.hpp"

#include <algorithm>

namespace rundbord::engine {

void Presence::connected(const SeatId& seat) {
  ++devices_[seat];
  away_at_.erase(seat);
}

void Presence::disconnected(const SeatId& seat, Time away_at) {
  const auto device = devices_.find(seat);
  if (device == devices_.end() || --device->second > 0) return;
  devices_.erase(device);
  writing_.erase(seat);
  away_at_[seat] = away_at;
}

void Presence::expect(const SeatId& seat, Time away_at) {
  away_at_[seat] = away_at;
}

void Presence::writes(const SeatId& seat, const std::optional<Place>& place) {
  if (place) {
    writing_[seat] = *place;
  } else {
    writing_.erase(seat);
  }
}

void Presence::touch(RoomNumber room, Time now) {
  touched_.emplace(room, now + presence_every);
}

std::vector<SeatId> Presence::overdue(Time now) {
  std::vector<SeatId> seats;
  for (const auto& [seat, at] : away_at_) {
    if (at <= now) seats.push_back(seat);
  }
  for (const auto& seat : seats) away_at_.erase(seat);
  return seats;
}

std::vector<RoomNumber> Presence::rooms_due(Time now) {
  std::vector<RoomNumber> rooms;
  for (const auto& [room, at] : touched_) {
    if (at <= now) rooms.push_back(room);
  }
  for (const auto room : rooms) touched_.erase(room);
  return rooms;
}

std::optional<Time> Presence::next() const {
  std::optional<Time> soonest;
  const auto consider = [&](Time at) { soonest = soonest ? std::min(*soonest, at) : at; };
  for (const auto& [seat, at] : away_at_) consider(at);
  for (const auto& [room, at] : touched_) consider(at);
  return soonest;
}

std::string Presence::message(const Workshop& workshop, RoomNumber room) const {
  std::vector<SeatId> online_here;
  std::vector<protocol::WhoWrites> writing;
  for (const auto* seat : seats_in(workshop, room)) {
    if (!online(seat->id)) continue;
    online_here.push_back(seat->id);
    const auto place = writing_.find(seat->id);
    if (place != writing_.end()) writing.push_back({seat->id, place->second});
  }
  return protocol::presence_message(room, online_here, writing);
}

}  // namespace rundbord::engine
