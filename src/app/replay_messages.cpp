#include "app/replay_messages.hpp"

#include <nlohmann/json.hpp>

#include "access/secret.hpp"
#include "domain/ids.hpp"

namespace rundbord::app {
namespace {

using nlohmann::json;

json json_of(const Place& place) {
  json json = json::object();
  if (place.task) json["task"] = *place.task;
  if (place.question) json["question"] = *place.question;
  return json;
}

std::string command(const By& by, const char* name, const json& fields) {
  json message = {{"type", "command"}, {"id", by.id}, {"name", name}, {"fields", fields}};
  if (!by.seat.empty()) message["seat"] = by.seat;
  return message.dump();
}

// SPEC TX1: nothing of the old text is replaced by these lines.
json insertion_of(const std::string& text) {
  json section = json::array({0});
  std::size_t from = 0;
  for (;;) {
    const auto end = text.find('\n', from);
    section.push_back(text.substr(from, end == std::string::npos ? end : end - from));
    if (end == std::string::npos) return json::array({section});
    from = end + 1;
  }
}

}  // namespace

std::string draw_id() {
  static const auto random = access::system_random();
  return to_base64url(random());
}

std::string write_note_message(const By& by, int room, const PlannedLine& line) {
  return command(by, "write_note",
                 {{"note", draw_id()},
                  {"room", room},
                  {"place", json_of(line.place)},
                  {"kind", "idea"},
                  {"text", line.text},
                  {"from_organisation", ""}});
}

std::string edit_text_message(const By& by, int room, const Place& place, const PlannedText& text) {
  return command(by, "edit_text",
                 {{"room", room},
                  {"place", json_of(place)},
                  {"version", 0},
                  {"writer", draw_id()},
                  {"counter", 1},
                  {"change", insertion_of(text.text)}});
}

std::string open_sitting_message(const By& by, int sitting) {
  return command(by, "open_sitting", {{"sitting", sitting}});
}

std::string close_sitting_message(const By& by, int sitting) {
  return command(by, "close_sitting", {{"sitting", sitting}});
}

}  // namespace rundbord::app
