#include "view.hpp"

#include <functional>
#include <map>

#include "view_parts.hpp"

namespace rundbord::sim {
namespace {

// --- seats
// ------------------------------------------------------------------------------------------

void name_seat(json& seat, const json& event) {
  seat["name_version"] = event["version"];
  set_or_drop(seat, "person", event, "person");
  set_or_drop(seat, "organisation", event, "organisation");
}

void hear_once_more(json& state, const json& id) {
  if (auto* seat = find_by(state["seats"], "id", id)) {
    (*seat)["heard"] = (*seat)["heard"].get<int>() + 1;
  }
}

// Seats on a room's channel or the console.
void fold_seats(json& seats, const json& event) {
  const auto& name = event["event"].get_ref<const std::string&>();
  if (name == "seat_joined") return put_by(seats, "id", event["seat"]);
  if (name == "seat_removed") return remove_by(seats, "id", event["seat"]);
  auto* seat = find_by(seats, "id", event["seat"]);
  if (!seat) return;
  if (name == "seat_named" || name == "seat_anonymised") return name_seat(*seat, event);
  (*seat)["absent"] = event["absent"];
  (*seat)["away"] = event["away"];
}

// --- one fold for each kind of channel
// ----------------------------------------------------------------

using Fold = std::function<void(json& state, const json& event, std::int64_t at)>;
using Folds = std::map<std::string, Fold>;

void add_message(json& state, const json& event, std::int64_t at) {
  state["messages"].push_back({{"id", event["message"]}, {"text", event["text"]}, {"sent", at}});
}

void drop_message(json& state, const json& event, std::int64_t) {
  remove_by(state["messages"], "id", event["message"]);
}

void correct_question(json& question, const json& event) {
  if (event.contains("earlier_erased")) {
    question["earlier"] = json::array();
  } else {
    question["earlier"].push_back(question["text"]);
  }
  question["text"] = event["text"];
}

void correct_own(json& state, const json& event, std::int64_t) {
  for (auto& own : state["questions"]) {
    const bool same =
        own["task"] == event["task"] && own["question"]["number"] == event["question"];
    if (same) correct_question(own["question"], event);
  }
}

void add_own(json& state, const json& event, std::int64_t) {
  state["questions"].push_back({{"task", event["task"]}, {"question", event["question"]}});
}

void assign(json& room, const json& event) {
  const auto& role = event["role"].get_ref<const std::string&>();
  if (event.contains("seat")) {
    room["roles"][role] = {{"seat", event["seat"]}, {"stand_in", event["stand_in"]}};
  } else {
    room["roles"].erase(role);
  }
}

// What a room's channel and the console tell of a room in the same way. False: it is neither.
bool fold_room_head(json& room, const json& event, std::int64_t at) {
  const auto& name = event["event"].get_ref<const std::string&>();
  if (name == "role_assigned") {
    assign(room, event);
  } else if (name == "step_started") {
    room["step"] = event["step"];
    room["step_changed"] = at;
  } else if (name == "step_undone") {
    set_or_drop(room, "step", event, "step");
    room.erase("step_changed");
  } else if (name == "steps_ended") {
    room.erase("step");
    room["step_changed"] = at;
  } else if (name == "clock_changed") {
    room["step"]["clock"] = event["clock"];
  } else if (name == "time_asked") {
    room["time_asked"] = event["by"];
  } else if (name == "time_answered") {
    room.erase("time_asked");
  } else if (name == "help_asked") {
    room["help_asked"] = at;
  } else if (name == "help_answered") {
    room.erase("help_asked");
  } else {
    return false;
  }
  return true;
}

void change_lap(json& state, const json& event) {
  auto& lap = state["room"]["step"]["lap"];
  std::map<std::string, std::string> before;
  for (const auto& turn : lap["order"]) before[turn["seat"]] = turn["state"];
  if (event["cause"] == "turn_ended") {
    for (const auto& turn : event["lap"]["order"]) {
      if (turn["state"] == "spoke" && before[turn["seat"]] != "spoke") {
        hear_once_more(state, turn["seat"]);
      }
    }
  }
  lap = event["lap"];
}

void move_in_room(json& state, const json& event, std::int64_t) {
  const bool comes = event.value("to", json()) == state["room"]["number"];
  if (comes) {
    put_by(state["seats"], "id", event["who"]);
  } else {
    remove_by(state["seats"], "id", event["seat"]);
  }
}

void close_room(json& state, const json&, std::int64_t) {
  auto& room = state["room"];
  room["closed"] = true;
  room["hands"] = json::array();
  room.erase("help_asked");
  room.erase("time_asked");
  for (auto& seat : state["seats"]) seat["heard"] = 0;
}

const Folds& room_folds() {
  static const Folds folds = {
      {"seat_moved", move_in_room},
      {"lap_changed", [](json& state, const json& event, auto) { change_lap(state, event); }},
      {"hand_raised", [](json& state, const json& event,
                         auto) { state["room"]["hands"].push_back(event["hand"]); }},
      {"hand_lowered", [](json& state, const json& event,
                          auto) { remove_by(state["room"]["hands"], "seat", event["seat"]); }},
      {"word_given",
       [](json& state, const json& event, auto) {
         remove_by(state["room"]["hands"], "seat", event["seat"]);
         hear_once_more(state, event["seat"]);
       }},
      {"question_added", add_own},
      {"question_corrected", correct_own},
      {"message_sent", add_message},
      {"message_erased", drop_message},
      {"text_changed",
       [](json& state, const json& event, auto) { fold_text(state["texts"], event); }},
      {"signed_off",
       [](json& state, const json& event, auto) {
         withdraw(state["sign_offs"], event["sign_off"]);
         state["sign_offs"].push_back(event["sign_off"]);
       }},
      {"sign_off_withdrawn",
       [](json& state, const json& event, auto) { withdraw(state["sign_offs"], event); }},
      {"room_opened",
       [](json& state, const json& event, auto) {
         state["room"]["closed"] = false;
         state["room"]["label"] = event["label"];
       }},
      {"room_renamed",
       [](json& state, const json& event, auto) { state["room"]["label"] = event["label"]; }},
      {"room_closed", close_room},
  };
  return folds;
}

void fold_room(json& state, const json& event, std::int64_t at) {
  const auto& name = event["event"].get_ref<const std::string&>();
  if (name.rfind("note", 0) == 0) {
    fold_note(state["columns"], event);
    if (event.contains("private_notes")) {
      state["private_notes"] = event["private_notes"];
      state["private_writers"] = event["private_writers"];
    }
    return;
  }
  if (const auto fold = room_folds().find(name); fold != room_folds().end()) {
    fold->second(state, event, at);
  } else if (!fold_room_head(state["room"], event, at)) {
    fold_seats(state["seats"], event);
  }
}

json& measured_room(json& state, const json& number) {
  auto& rooms = state["rooms"];
  if (auto* room = find_by(rooms, "number", number)) return *room;
  rooms.push_back({{"number", number}, {"label", ""}, {"closed", false}});
  auto& room = rooms.back();
  room["roles"] = json::object();
  for (const auto* list : {"columns", "texts", "sign_offs"}) room[list] = json::array();
  return room;
}

const Folds& console_folds() {
  static const Folds folds = {
      {"seat_moved",
       [](json& state, const json& event, auto) { put_by(state["seats"], "id", event["who"]); }},
      {"question_added", add_own},
      {"question_corrected", correct_own},
      {"message_sent",
       [](json& state, const json& event, std::int64_t at) {
         add_message(state, event, at);
         state["messages"].back()["rooms"] = event["rooms"];
         state["messages"].back()["confirmed"] = 0;
       }},
      {"message_erased", drop_message},
      {"erasure_ordered", [](json&, const json&, auto) {}},
      {"erasure_finished", [](json&, const json&, auto) {}},
      {"message_confirmed",
       [](json& state, const json& event, auto) {
         if (auto* message = find_by(state["messages"], "id", event["message"])) {
           (*message)["confirmed"] = (*message)["confirmed"].get<int>() + 1;
         }
       }},
      {"column_counted",
       [](json& state, const json& event, auto) {
         put_by(measured_room(state, event["room"])["columns"], "place",
                {{"place", event["place"]},
                 {"notes", event["notes"]},
                 {"unanswered", event["unanswered"]}});
       }},
      {"text_measured",
       [](json& state, const json& event, auto) {
         put_by(
             measured_room(state, event["room"])["texts"], "place",
             {{"place", event["place"]}, {"version", event["version"]}, {"units", event["units"]}});
       }},
      {"signed_off",
       [](json& state, const json& event, auto) {
         auto& sign_offs = measured_room(state, event["room"])["sign_offs"];
         withdraw(sign_offs, event["sign_off"]);
         sign_offs.push_back(event["sign_off"]);
       }},
      {"sign_off_withdrawn",
       [](json& state, const json& event, auto) {
         withdraw(measured_room(state, event["room"])["sign_offs"], event);
       }},
      {"room_closed",
       [](json& state, const json& event, auto) {
         auto& room = measured_room(state, event["room"]);
         room.erase("help_asked");
         room.erase("time_asked");
       }},
      // It only takes notes from view: what it changes of the counts comes beside it.
      {"notes_revealed", [](json&, const json&, auto) {}},
  };
  return folds;
}

void fold_console(json& state, const json& event, std::int64_t at) {
  const auto& name = event["event"].get_ref<const std::string&>();
  if (const auto fold = console_folds().find(name); fold != console_folds().end()) {
    fold->second(state, event, at);
  } else if (name.rfind("seat_", 0) == 0) {
    fold_seats(state["seats"], event);
  } else {
    fold_room_head(measured_room(state, event["room"]), event, at);
  }
}

json* task_in(json& state, const json& number) {
  return find_by(state["workshop"]["programme"]["tasks"], "number", number);
}

json& door(json& state, const json& number) {
  if (auto* room = find_by(state["rooms"], "number", number)) return *room;
  state["rooms"].push_back({{"number", number}, {"label", ""}, {"closed", false}});
  return state["rooms"].back();
}

Fold whole(const char* field) {
  return [field](json& state, const json& event, auto) { state["workshop"][field] = event[field]; };
}

const Folds& plenary_folds() {
  static const Folds folds = {
      {"settings_changed", whole("settings")},
      {"programme_changed", whole("programme")},
      {"roles_defined", whole("roles")},
      {"room_opened",
       [](json& state, const json& event, auto) {
         auto& room = door(state, event["room"]);
         room["label"] = event["label"];
         room["closed"] = false;
       }},
      {"room_renamed", [](json& state, const json& event,
                          auto) { door(state, event["room"])["label"] = event["label"]; }},
      {"room_closed",
       [](json& state, const json& event, auto) { door(state, event["room"])["closed"] = true; }},
      {"rooms_locked", [](json& state, const json& event,
                          auto) { state["workshop"]["rooms_locked"] = event["locked"]; }},
      {"question_added",
       [](json& state, const json& event, auto) {
         if (auto* task = task_in(state, event["task"])) {
           (*task)["questions"].push_back(event["question"]);
         }
       }},
      {"question_corrected",
       [](json& state, const json& event, auto) {
         auto* task = task_in(state, event["task"]);
         auto* question =
             task ? find_by((*task)["questions"], "number", event["question"]) : nullptr;
         if (question) correct_question(*question, event);
       }},
      {"sitting_changed", [](json& state, const json& event,
                             auto) { put_by(state["sittings"], "sitting", event["progress"]); }},
      {"sitting_revised",
       [](json& state, const json& event, auto) {
         if (auto* sitting = find_by(state["sittings"], "sitting", event["sitting"])) {
           (*sitting)["revision"] = event["revision"];
           (*sitting)["checksum"] = "";
         }
       }},
      {"revision_sealed",
       [](json& state, const json& event, auto) {
         if (auto* sitting = find_by(state["sittings"], "sitting", event["sitting"])) {
           (*sitting)["checksum"] = event["checksum"];
         }
       }},
      {"message_sent", add_message},
      {"message_erased", drop_message},
  };
  return folds;
}

void fold_plenary(json& state, const json& event, std::int64_t at) {
  const auto fold = plenary_folds().find(event["event"].get_ref<const std::string&>());
  if (fold != plenary_folds().end()) fold->second(state, event, at);
}

// The wall's rooms as one column each, so that notes fold as on a board.
void fold_wall(json& state, const json& event, const json& here) {
  const auto number = event.contains("room") ? event["room"] : event["note"]["room"];
  auto* room = find_by(state["rooms"], "room", number);
  if (!room) {
    state["rooms"].push_back({{"room", number}, {"notes", json::array()}});
    room = &state["rooms"].back();
  }
  if (event["event"] == "text_changed") {
    json texts = json::array();
    if (room->contains("text")) texts.push_back((*room)["text"]);
    fold_text(texts, event);
    (*room)["text"] = texts[0];
    return;
  }
  json columns = json::array({{{"place", here}, {"notes", std::move((*room)["notes"])}}});
  fold_note(columns, event, here);
  (*room)["notes"] = std::move(columns[0]["notes"]);
}

void fold_seat(json& state, const json& event) {
  const auto& name = event["event"].get_ref<const std::string&>();
  if (name.rfind("note", 0) == 0) {
    json columns = json::array();
    for (auto& note : state["notes"]) {
      column_at(columns, note["place"]).push_back(std::move(note));
    }
    fold_note(columns, event);
    state["notes"] = json::array();
    for (auto& column : columns) {
      for (auto& note : column["notes"]) state["notes"].push_back(std::move(note));
    }
  } else if (name == "seat_removed") {
    state.erase("seat");
  } else if (name == "seat_joined") {
    state["seat"] = event["seat"];
  } else if (state.contains("seat")) {
    if (name == "seat_moved") set_or_drop(state["seat"], "room", event, "to");
    if (name == "seat_named" || name == "seat_anonymised") name_seat(state["seat"], event);
  }
}

json place_json(const Place& place) {
  json made = json::object();
  if (place.task) made["task"] = *place.task;
  if (place.question) made["question"] = *place.question;
  return made;
}

}  // namespace

void fold_event(const Channel& channel, json& state, const json& event, std::int64_t at) {
  if (std::holds_alternative<Plenary>(channel)) return fold_plenary(state, event, at);
  if (std::holds_alternative<ConsoleChannel>(channel)) return fold_console(state, event, at);
  if (std::holds_alternative<RoomChannel>(channel)) return fold_room(state, event, at);
  if (std::holds_alternative<SeatChannel>(channel)) return fold_seat(state, event);
  fold_wall(state, event, place_json(std::get<WallChannel>(channel).place));
}

}  // namespace rundbord::sim
