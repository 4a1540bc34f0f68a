#include "app/room_view.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "domain/change_set.hpp"
#include "domain/utf16.hpp"
#include "protocol/change_set_codec.hpp"

namespace rundbord::app {
namespace {

using nlohmann::json;

std::optional<int> number_in(const json& place, const char* key) {
  const auto found = place.find(key);
  if (found == place.end() || found->is_null()) return std::nullopt;
  return found->get<int>();
}

Place place_of(const json& place) {
  return {number_in(place, "task"), number_in(place, "question")};
}

SeenNote note_of(const json& note) {
  return {note.at("id").get<std::string>(), note.value("text", std::string())};
}

std::u16string units_of(const std::string& utf8) {
  auto units = to_utf16(utf8);
  if (!units) throw std::runtime_error("the server sent text that is not UTF-8");
  return std::move(*units);
}

}  // namespace

void RoomView::take_snapshot(const json& snapshot) {
  notes_.clear();
  texts_.clear();
  const auto& state = snapshot.at("state");
  for (const auto& column : state.at("columns")) {
    auto& notes = notes_[place_of(column.at("place"))];
    for (const auto& note : column.at("notes")) notes.push_back(note_of(note));
  }
  for (const auto& text : state.at("texts")) {
    texts_[place_of(text.at("place"))] = units_of(text.at("text").get<std::string>());
  }
  position_ = {snapshot.at("history").get<std::string>(), snapshot.at("seq").get<std::uint64_t>()};
}

bool RoomView::take_frame(const json& frame) {
  if (!position_ || frame.at("after").get<std::uint64_t>() != position_->seq) {
    position_.reset();
    return false;
  }
  for (const auto& commit : frame.at("commits")) {
    for (const auto& event : commit.at("events")) take_event(event);
  }
  position_->seq = frame.at("to").get<std::uint64_t>();
  return true;
}

// Nobody edits, moves or deletes in a replay; what others do there shows when it is read back.
void RoomView::take_event(const json& event) {
  const auto& name = event.at("event").get_ref<const std::string&>();
  if (name == "note_written") {
    const auto& note = event.at("note");
    notes_[place_of(note.at("place"))].push_back(note_of(note));
  } else if (name == "text_changed") {
    const auto change = protocol::change_from_json(event.at("change"));
    auto& text = texts_[place_of(event.at("place"))];
    if (!change || !valid(*change, text)) {
      throw std::runtime_error("the server sent a change that does not fit its text");
    }
    text = apply_change(*change, text);
  }
}

std::string RoomView::text(const Place& place) const {
  const auto found = texts_.find(place);
  return found == texts_.end() ? std::string() : to_utf8(found->second).value_or("");
}

}  // namespace rundbord::app
