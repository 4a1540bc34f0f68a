#include "net/new_workshop.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "net/room_list.hpp"
#include "protocol/template_json.hpp"

namespace rundbord::net {
namespace {

using nlohmann::json;

// The settings an organiser may choose beside the template's.
constexpr const char* choices[] = {"language", "label", "authorship", "facilitator_turn",
                                   "assignment"};

std::variant<json, Rejection> from_template(const json& body,
                                            const std::vector<protocol::Template>& templates) {
  if (!body["template"].is_string()) return refused(RejectionCode::wrong_type, "template");
  const auto& id = body["template"].get_ref<const std::string&>();
  const auto chosen = std::find_if(templates.begin(), templates.end(),
                                   [&](const auto& known) { return known.id == id; });
  if (chosen == templates.end()) return refused(RejectionCode::out_of_range, "template");
  const json made = json::parse(protocol::template_json(*chosen));
  json fields = {
      {"settings", made["settings"]}, {"programme", made["programme"]}, {"roles", made["roles"]}};
  auto& settings = fields["settings"];
  for (const char* choice : choices) {
    if (body.contains(choice)) settings[choice] = body[choice];
  }
  if (body.contains("title")) {
    const auto& title = body["title"];
    if (!title.is_string()) {
      settings["title"] = title;  // in several languages
    } else if (settings["language"].is_string()) {
      settings["title"] = {{settings["language"].get<std::string>(), title}};
    }
  }
  return fields;
}

json only_known_questions(json task) {
  std::vector<int> known;
  json questions = json::array();
  for (auto& question : task["questions"]) {
    if (question.contains("room")) continue;
    question["earlier"] = json::array();
    known.push_back(question["number"].get<int>());
    questions.push_back(std::move(question));
  }
  task["questions"] = std::move(questions);
  json cycles = json::array();
  for (auto& cycle : task["cycles"]) {
    json covered = json::array();
    for (const auto& number : cycle["questions"]) {
      if (std::find(known.begin(), known.end(), number.get<int>()) != known.end()) {
        covered.push_back(number);
      }
    }
    if (covered.empty()) continue;
    cycle["questions"] = std::move(covered);
    cycles.push_back(std::move(cycle));
  }
  task["cycles"] = std::move(cycles);
  return task;
}

}  // namespace

std::variant<json, Rejection> new_workshop_fields(
    const json& body, const std::vector<protocol::Template>& templates) {
  json fields = json::object();
  if (body.contains("template")) {
    auto made = from_template(body, templates);
    if (const auto* rejection = std::get_if<Rejection>(&made)) return *rejection;
    fields = std::get<json>(std::move(made));
  } else {
    for (const char* part : {"settings", "programme", "roles"}) {
      if (!body.contains(part)) return refused(RejectionCode::missing_field, part);
      fields[part] = body[part];
    }
  }
  if (!body.contains("rooms")) return refused(RejectionCode::missing_field, "rooms");
  auto rooms = rooms_from(body["rooms"]);
  if (const auto* rejection = std::get_if<Rejection>(&rooms)) return *rejection;
  fields["rooms"] = std::get<json>(std::move(rooms));
  return fields;
}

json without_answers(const json& plenary) {
  const auto& workshop = plenary.at("workshop");
  json programme = workshop.at("programme");
  for (auto& task : programme["tasks"]) task = only_known_questions(std::move(task));
  json rooms = json::array();
  for (const auto& room : plenary.at("rooms")) {
    rooms.push_back({{"number", room.at("number")}, {"name", room.value("label", "")}});
  }
  return {{"settings", workshop.at("settings")},
          {"programme", std::move(programme)},
          {"roles", workshop.at("roles")},
          {"rooms", std::move(rooms)}};
}

}  // namespace rundbord::net
