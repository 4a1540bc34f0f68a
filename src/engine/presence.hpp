// Who has a device connected, and who writes where: never stored, latest wins. What it decides is
// only when a seat counts as away. Owned by a live workshop; one thread.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "domain/audience.hpp"
#include "domain/workshop.hpp"
#include "engine/due_times.hpp"
#include "protocol/server_message.hpp"

namespace rundbord::engine {

// Presence is told at most this often per room.
inline constexpr Duration presence_every = std::chrono::milliseconds(250);

class Presence {
 public:
  void connected(const SeatId& seat);
  // The seat's last device is gone: it counts as away at `away_at`, unless it comes back.
  void disconnected(const SeatId& seat, Time away_at);
  // After a restart: a seat that had a device has until then to come back.
  void expect(const SeatId& seat, Time away_at);
  bool online(const SeatId& seat) const { return devices_.count(seat) != 0; }

  void writes(const SeatId& seat, const std::optional<Place>& place);
  // Something about this room's presence has changed.
  void touch(RoomNumber room, Time now);

  // Seats whose time to come back has run out.
  std::vector<SeatId> overdue(Time now) { return away_.take_due(now); }
  // Rooms whose presence is to be told now.
  std::vector<RoomNumber> rooms_due(Time now) { return touched_.take_due(now); }
  std::optional<Time> next() const;

  std::string message(const Workshop& workshop, RoomNumber room) const;

 private:
  std::map<SeatId, int> devices_;  // connections per seat, never 0
  DueTimes<SeatId> away_;
  std::map<SeatId, Place> writing_;
  DueTimes<RoomNumber> touched_;
};

}  // namespace rundbord::engine
