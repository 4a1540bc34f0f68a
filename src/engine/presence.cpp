#include "engine/presence.hpp"

#include <algorithm>

namespace rundbord::engine {

void Presence::connected(const SeatId& seat) {
  ++devices_[seat];
  away_.erase(seat);
}

void Presence::disconnected(const SeatId& seat, Time away_at) {
  const auto device = devices_.find(seat);
  if (device == devices_.end() || --device->second > 0) return;
  devices_.erase(device);
  writing_.erase(seat);
  away_.set(seat, away_at);
}

void Presence::expect(const SeatId& seat, Time away_at) {
  away_.set(seat, away_at);
}

void Presence::writes(const SeatId& seat, const std::optional<Place>& place) {
  if (place) {
    writing_[seat] = *place;
  } else {
    writing_.erase(seat);
  }
}

void Presence::touch(RoomNumber room, Time now) {
  touched_.set_if_none(room, now + presence_every);
}

std::optional<Time> Presence::next() const {
  const auto away = away_.next(), touched = touched_.next();
  return away && touched ? std::min(*away, *touched) : away ? away : touched;
}

std::string Presence::message(const Workshop& workshop, RoomNumber room) const {
  std::vector<SeatId> online_here;
  std::vector<protocol::WhoWrites> writing;
  static const std::map<int, SeatId> nobody;
  const auto* found = find_room(workshop, room);
  for (const auto& [number, seat] : found ? found->seats : nobody) {
    if (!online(seat)) continue;
    online_here.push_back(seat);
    const auto place = writing_.find(seat);
    if (place != writing_.end()) writing.push_back({seat, place->second});
  }
  return protocol::presence_message(room, online_here, writing);
}

}  // namespace rundbord::engine
