// Compares what was sent with what came back: over a room's channel, and in the export. Pure; any
// thread.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/replay_plan.hpp"
#include "app/room_view.hpp"

namespace rundbord::app {

// What a room holds: the notes of each place in order, and the summary texts that are not empty.
struct RoomContents {
  std::map<Place, std::vector<std::string>> notes;
  std::map<Place, std::string> texts;
};

RoomContents contents_of(const RoomView& view);
// By room number; a sentence when it is not the contract's form.
using ExportedRooms = std::map<int, RoomContents>;
std::variant<ExportedRooms, std::string> contents_of_export(std::string_view json);

// The first difference, as a sentence; nothing when every line stands once, unchanged, in its place
// and order, and every text as it was written.
std::optional<std::string> difference(const RoomPlan& sent, const RoomContents& came);
// The same for all rooms of an export; a room nobody planned must be missing or empty.
std::optional<std::string> difference(const std::vector<RoomPlan>& sent, const ExportedRooms& came);

// "task 1, question 2", "task 1", "the room".
std::string name_of(const Place& place);

}  // namespace rundbord::app
