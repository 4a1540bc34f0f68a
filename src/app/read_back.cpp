#include "app/read_back.hpp"

#include <nlohmann/json.hpp>
#include <set>

#include "domain/utf16.hpp"

namespace rundbord::app {
namespace {

using nlohmann::json;

std::optional<int> number_in(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return std::nullopt;
  return found->get<int>();
}

Place place_in(const json& object) {
  return {number_in(object, "task"), number_in(object, "question")};
}

RoomContents exported_room(const json& room) {
  RoomContents contents;
  for (const auto& note : room.at("notes")) {
    contents.notes[place_in(note)].push_back(note.at("text").get<std::string>());
  }
  for (const auto& summary : room.at("summaries")) {
    auto text = summary.at("text").get<std::string>();
    if (!text.empty()) contents.texts[place_in(summary)] = std::move(text);
  }
  return contents;
}

RoomContents planned_contents(const RoomPlan& plan) {
  RoomContents contents;
  for (const auto& line : plan.lines) {
    contents.notes[line.place].push_back(with_newlines(line.text));
  }
  for (const auto& [place, text] : plan.texts) contents.texts[place] = text.text;
  return contents;
}

std::string beginning_of(const std::string& text) {
  constexpr std::size_t shown = 60;
  if (text.size() <= shown) return '"' + text + '"';
  auto end = shown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return '"' + text.substr(0, end) + "…\"";
}

using Lines = std::vector<std::string>;

std::optional<std::string> difference_of_lines(const Lines& sent, const Lines& came) {
  for (std::size_t i = 0; i < std::min(sent.size(), came.size()); ++i) {
    if (sent[i] != came[i]) {
      return "line " + std::to_string(i + 1) + " was sent as " + beginning_of(sent[i]) +
             " and is " + beginning_of(came[i]);
    }
  }
  if (sent.size() == came.size()) return std::nullopt;
  return std::to_string(sent.size()) + " lines were sent, " + std::to_string(came.size()) +
         " are there";
}

std::optional<std::string> difference_of_texts(const std::string& sent, const std::string& came) {
  if (sent == came) return std::nullopt;
  return "the summary was sent as " + beginning_of(sent) + " and is " + beginning_of(came);
}

template <class Value>
const Value& value_at(const std::map<Place, Value>& values, const Place& place) {
  static const Value none;
  const auto found = values.find(place);
  return found == values.end() ? none : found->second;
}

std::set<Place> places_of(const RoomContents& contents) {
  std::set<Place> places;
  for (const auto& [place, notes] : contents.notes) places.insert(place);
  for (const auto& [place, text] : contents.texts) places.insert(place);
  return places;
}

std::optional<std::string> difference(const RoomContents& sent, const RoomContents& came) {
  auto places = places_of(sent);
  places.merge(places_of(came));
  for (const auto& place : places) {
    auto differs = difference_of_lines(value_at(sent.notes, place), value_at(came.notes, place));
    if (!differs) {
      differs = difference_of_texts(value_at(sent.texts, place), value_at(came.texts, place));
    }
    if (differs) return "at " + name_of(place) + ' ' + *differs;
  }
  return std::nullopt;
}

}  // namespace

std::string name_of(const Place& place) {
  if (!place.task) return "the room";
  const auto task = "task " + std::to_string(*place.task);
  return place.question ? task + ", question " + std::to_string(*place.question) : task;
}

RoomContents contents_of(const RoomView& view) {
  RoomContents contents;
  for (const auto& [place, notes] : view.notes()) {
    auto& texts = contents.notes[place];
    for (const auto& note : notes) texts.push_back(note.text);
  }
  for (const auto& [place, text] : view.texts()) {
    if (!text.empty()) contents.texts[place] = to_utf8(text).value_or("");
  }
  return contents;
}

std::variant<ExportedRooms, std::string> contents_of_export(std::string_view text) {
  try {
    ExportedRooms rooms;
    const auto exported = json::parse(text);
    for (const auto& room : exported.at("rooms")) {
      rooms[room.at("number").get<int>()] = exported_room(room);
    }
    return rooms;
  } catch (const json::exception& error) {
    return std::string("the export cannot be read: ") + error.what();
  }
}

std::optional<std::string> difference(const RoomPlan& sent, const RoomContents& came) {
  return difference(planned_contents(sent), came);
}

std::optional<std::string> difference(const std::vector<RoomPlan>& sent,
                                      const ExportedRooms& came) {
  std::set<int> planned;
  for (const auto& room : sent) {
    planned.insert(room.number);
    const auto found = came.find(room.number);
    const auto differs = difference(room, found == came.end() ? RoomContents{} : found->second);
    if (differs) return "room " + std::to_string(room.number) + ' ' + *differs;
  }
  for (const auto& [number, contents] : came) {
    if (!planned.contains(number) && difference(RoomContents{}, contents)) {
      return "room " + std::to_string(number) + " was never sent and is not empty";
    }
  }
  return std::nullopt;
}

}  // namespace rundbord::app
