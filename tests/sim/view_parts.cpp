#include "view_parts.hpp"

namespace rundbord::sim {

// --- lists of things with a key
// ---------------------------------------------------------------------

json* find_by(json& list, const char* key, const json& value) {
  for (auto& each : list) {
    const auto found = each.find(key);
    if (found != each.end() && *found == value) return &each;
  }
  return nullptr;
}

void remove_by(json& list, const char* key, const json& value) {
  for (std::size_t i = list.size(); i-- > 0;) {
    if (list[i].value(key, json()) == value) list.erase(i);
  }
}

void put_by(json& list, const char* key, json value) {
  if (auto* known = find_by(list, key, value.at(key))) {
    *known = std::move(value);
  } else {
    list.push_back(std::move(value));
  }
}

// A field that is absent means that there is no value.
void set_or_drop(json& object, const char* key, const json& event, const char* from) {
  if (const auto value = event.find(from); value != event.end()) {
    object[key] = *value;
  } else {
    object.erase(key);
  }
}

// --- notes
// ------------------------------------------------------------------------------------------

// Notes in the order of the board: a list of columns, each with its place and notes.
json& column_at(json& columns, const json& place) {
  if (auto* column = find_by(columns, "place", place)) return (*column)["notes"];
  columns.push_back({{"place", place}, {"notes", json::array()}});
  return columns.back()["notes"];
}

static json take_note(json& columns, const json& id) {
  for (auto& column : columns) {
    auto& notes = column["notes"];
    for (std::size_t i = 0; i < notes.size(); ++i) {
      if (notes[i]["id"] != id) continue;
      auto taken = std::move(notes[i]);
      notes.erase(i);
      return taken;
    }
  }
  return nullptr;
}

static void put_note(json& columns, json note, const json& before) {
  take_note(columns, note["id"]);
  auto& notes = column_at(columns, note["place"]);
  auto at = notes.begin();
  while (at != notes.end() && (before.is_null() || (*at)["id"] != before)) ++at;
  notes.insert(at, std::move(note));
}

static json* find_note_in(json& columns, const json& id) {
  for (auto& column : columns) {
    if (auto* note = find_by(column["notes"], "id", id)) return note;
  }
  return nullptr;
}

static void change_note(json& columns, const json& event) {
  auto* note = find_note_in(columns, event["note"]);
  if (!note) return;
  if (event["event"] == "note_edited") {
    (*note)["text"] = event["text"];
    (*note)["version"] = event["version"];
    if (event["by_other"]) (*note)["edited_by_other"] = true;
  } else {
    (*note)["kind"] = event["kind"];
    set_or_drop(*note, "from", event, "from");
    (*note)["from_organisation"] = event["from_organisation"];
  }
}

// `here`: the place of a wall; null on a room's or a seat's channel.
static void move_note(json& columns, const json& event, const json& here) {
  auto note = event.contains("whole") ? event["whole"] : take_note(columns, event["note"]);
  take_note(columns, event["note"]);
  if (note.is_null() || (!here.is_null() && event["to"] != here)) return;
  note["place"] = event["to"];
  put_note(columns, std::move(note), event.value("before", json()));
}

void fold_note(json& columns, const json& event, const json& here) {
  const auto& name = event["event"].get_ref<const std::string&>();
  if (name == "note_written") {
    if (event["note"].contains("text")) put_note(columns, event["note"], nullptr);
  } else if (name == "note_deleted") {
    take_note(columns, event["note"]);
  } else if (name == "note_restored") {
    if (event.contains("whole")) {
      put_note(columns, event["whole"], event.value("before", json()));
    }
  } else if (name == "note_moved") {
    move_note(columns, event, here);
  } else if (name == "notes_revealed") {
    for (const auto& note : event["notes"]) put_note(columns, note, nullptr);
  } else {
    change_note(columns, event);
  }
}

// --- texts and sign-off
// -----------------------------------------------------------------------------

// Simulated people type ASCII, so a UTF-16 unit is a byte.
static std::string changed_text(const std::string& text, const json& change) {
  std::string result;
  std::size_t at = 0;
  for (const auto& section : change) {
    if (section.is_number()) {
      result += text.substr(at, section);
      at += section.get<std::size_t>();
      continue;
    }
    at += section[0].get<std::size_t>();
    for (std::size_t line = 1; line < section.size(); ++line) {
      if (line > 1) result += '\n';
      result += section[line].get_ref<const std::string&>();
    }
  }
  return at == text.size() ? result : "a change that does not fit its text";
}

void fold_text(json& texts, const json& event) {
  auto* text = find_by(texts, "place", event["place"]);
  if (!text) {
    texts.push_back({{"place", event["place"]}, {"version", 0}, {"text", ""}});
    texts.back()["writers"] = json::object();
    text = &texts.back();
  }
  (*text)["text"] = changed_text((*text)["text"], event["change"]);
  (*text)["version"] = event["version"];
  (*text)["writers"][event["writer"].get<std::string>()] = event["counter"];
}

void withdraw(json& sign_offs, const json& gone) {
  for (std::size_t i = sign_offs.size(); i-- > 0;) {
    const auto& each = sign_offs[i];
    const bool same =
        each["seat"] == gone["seat"] && each.value("task", json()) == gone.value("task", json());
    if (same) sign_offs.erase(i);
  }
}

}  // namespace rundbord::sim
