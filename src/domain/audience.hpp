// Which channels see an event: a pure function of the event alone, never of present state, so that
// live delivery, resume and replay cannot differ.
#pragma once
#include <compare>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/events_text.hpp"

namespace rundbord {

struct Plenary {
  auto operator<=>(const Plenary&) const = default;
};
struct ConsoleChannel {
  auto operator<=>(const ConsoleChannel&) const = default;
};
struct RoomChannel {
  RoomNumber room{};
  auto operator<=>(const RoomChannel&) const = default;
};
struct SeatChannel {
  SeatId seat;
  auto operator<=>(const SeatChannel&) const = default;
};
// All rooms' notes and texts on one question (or "not assigned" of a task).
struct WallChannel {
  Place place;
  auto operator<=>(const WallChannel&) const = default;
};
using Channel = std::variant<Plenary, ConsoleChannel, RoomChannel, SeatChannel, WallChannel>;

std::vector<Channel> audience(const Event& event);

// "plenary", "console", "room/3", "seat/<id>", "wall/1.2", "wall/1" (not assigned), "wall" (no
// task).
std::string to_text(const Channel& channel);
std::optional<Channel> channel_from_text(std::string_view text);

}  // namespace rundbord
