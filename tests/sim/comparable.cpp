// What of a view must be the same for all who hear its channel.
#include <algorithm>
#include <functional>

#include "view.hpp"

namespace rundbord::sim {
namespace {

void sort_list(json& list) {
  std::sort(list.begin(), list.end(),
            [](const json& one, const json& other) { return one.dump() < other.dump(); });
}

// A column without a note that may be seen is no column.
void drop_if(json& list, const std::function<bool(const json&)>& gone) {
  for (std::size_t i = list.size(); i-- > 0;) {
    if (gone(list[i])) list.erase(i);
  }
}

// A hash comes with every 64th change only.
void drop_hashes(json& texts) {
  for (auto& text : texts) text.erase("hash");
}

void newest_messages(json& messages) {
  constexpr std::size_t shown = 5;
  while (messages.size() > shown) messages.erase(0);
}

json comparable_room(json state) {
  drop_if(state["columns"], [](const json& column) { return column["notes"].empty(); });
  drop_hashes(state["texts"]);
  for (const auto* list : {"columns", "texts", "seats"}) sort_list(state[list]);
  newest_messages(state["messages"]);
  return state;
}

// Who spoke how often, laps and the names of rooms are not shown there.
json comparable_console(json state) {
  for (auto& seat : state["seats"]) seat.erase("heard");
  for (auto& room : state["rooms"]) {
    for (const auto* field : {"label", "closed", "step_changed"}) room.erase(field);
    if (room.contains("step")) room["step"].erase("lap");
    drop_if(room["columns"], [](const json& column) { return column["notes"] == 0; });
    for (const auto* list : {"columns", "texts"}) sort_list(room[list]);
  }
  drop_if(state["rooms"], [](const json& room) {
    return room.size() == 5 && room["roles"].empty() && room["columns"].empty() &&
           room["texts"].empty() && room["sign_offs"].empty();
  });
  for (const auto* list : {"rooms", "seats"}) sort_list(state[list]);
  return state;
}

// Whether anything was started is shown by the rooms.
json comparable_plenary(json state) {
  state["workshop"].erase("started");
  drop_if(state["sittings"], [](const json& sitting) { return sitting["state"] == "planned"; });
  for (const auto* list : {"rooms", "sittings"}) sort_list(state[list]);
  newest_messages(state["messages"]);
  return state;
}

// The author alone sees a private note. Of the others the channel only says that they are theirs;
// the words, and who is there, come by the room.
json comparable_seat(json state) {
  drop_if(state["notes"], [](const json& note) { return note["private"] == false; });
  sort_list(state["notes"]);
  if (state.contains("seat")) {
    for (const auto* field : {"absent", "away", "heard"}) state["seat"].erase(field);
  }
  return state;
}

json comparable_wall(json state) {
  for (auto& room : state["rooms"]) {
    if (room.contains("text")) room["text"].erase("hash");
  }
  drop_if(state["rooms"],
          [](const json& room) { return room["notes"].empty() && !room.contains("text"); });
  sort_list(state["rooms"]);
  return state;
}

}  // namespace

json comparable(const Channel& channel, json state) {
  if (std::holds_alternative<Plenary>(channel)) return comparable_plenary(std::move(state));
  if (std::holds_alternative<ConsoleChannel>(channel)) return comparable_console(std::move(state));
  if (std::holds_alternative<RoomChannel>(channel)) return comparable_room(std::move(state));
  if (std::holds_alternative<SeatChannel>(channel)) return comparable_seat(std::move(state));
  return comparable_wall(std::move(state));
}

}  // namespace rundbord::sim
