// What organisers bring: templates, lists of rooms as CSV, seminar files, and the workshop to make.
#include <nlohmann/json.hpp>
#include <set>

#include "app/seminar_file.hpp"
#include "domain/limits.hpp"
#include "net/new_workshop.hpp"
#include "net/room_list.hpp"
#include "oracle.hpp"
#include "protocol/client_message.hpp"
#include "protocol/json_text.hpp"
#include "protocol/template.hpp"
#include "protocol/template_json.hpp"
#include "target.hpp"

namespace rundbord::fuzz {
namespace {

using nlohmann::json;

void hold_faults(const std::vector<protocol::TemplateError>& errors, std::string_view file) {
  require(!errors.empty() && errors.size() <= protocol::template_errors_max, "1 to 50 faults");
  const auto lines = 1 + std::count(file.begin(), file.end(), '\n');
  int line_before = 0;
  for (const auto& error : errors) {
    require(error.line >= 1 && error.line <= lines + 1, "a fault is in a line of the file");
    require(error.line >= line_before, "faults come in the file's order");
    require(!error.reason.empty(), "a fault has a reason");
    line_before = error.line;
  }
}

void hold_template(const protocol::Template& made) {
  require(!made.id.empty() && made.id.size() <= protocol::template_id_length_max,
          "its id is short");
  require(made.programme.tasks.size() <= tasks_max, "its tasks are limited");
  require(made.programme.sittings.size() <= sittings_max, "its sittings are limited");
  require(made.roles.size() <= roles_max, "its roles are limited");
  for (const auto& language : made.languages) {
    require(made.settings.title.count(language) == 1, "its title is in every language it promises");
  }
  const auto form = json_form(protocol::template_json(made));
  require(form.ok && !form.repeats_key, "a template is JSON for the editor");
  require(form.depth <= 16, "and can be sent back");
}

json as_json(const app::Seminar& seminar) {
  json tasks = json::array();
  for (const auto& task : seminar.tasks) {
    tasks.push_back({{"task", task.number}, {"title", task.title}, {"questions", task.questions}});
  }
  json rooms = json::array();
  for (const auto& room : seminar.rooms) {
    json posts = json::array();
    for (const auto& post : room.posts) {
      json notes = json::array();
      for (const auto& note : post.notes) {
        json entry = {{"task", nullptr}, {"question", nullptr}, {"text", note.text}};
        if (note.place.task) entry["task"] = *note.place.task;
        if (note.place.question) entry["question"] = *note.place.question;
        notes.push_back(std::move(entry));
      }
      posts.push_back({{"text", post.text}, {"notes", std::move(notes)}});
    }
    rooms.push_back({{"number", room.number},
                     {"participants", room.participants},
                     {"posts", std::move(posts)}});
  }
  return {{"workshop",
           {{"title", seminar.title},
            {"language", seminar.language},
            {"tasks", std::move(tasks)},
            {"instructions", seminar.instructions}}},
          {"rooms", std::move(rooms)}};
}

std::string quoted(const std::string& cell) {
  std::string out = "\"";
  for (const char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

}  // namespace

RUNDBORD_FUZZ(template_file, 2048) {
  const auto read = protocol::parse_template(bytes, "a.toml");
  if (const auto* errors = std::get_if<std::vector<protocol::TemplateError>>(&read)) {
    hold_faults(*errors, bytes);
  } else {
    require(is_utf8(bytes), "TOML is UTF-8");
    hold_template(std::get<protocol::Template>(read));
  }
}

RUNDBORD_FUZZ(seminar_file, 2048) {
  const auto read = app::read_seminar(bytes);
  const auto* seminar = std::get_if<app::Seminar>(&read);
  if (!seminar) {
    require(!std::get<std::string>(read).empty(), "what is wrong is said in a sentence");
    return;
  }
  require(json_form(without_mark(bytes)).ok, "a seminar file is JSON");
  std::set<int> rooms;
  for (const auto& room : seminar->rooms) {
    require(room.number >= 1 && room.number <= 9999, "rooms are numbered 1 to 9999");
    require(rooms.insert(room.number).second, "each room stands once");
  }
  const auto written = as_json(*seminar).dump();
  const auto again = app::read_seminar(written);
  require(std::holds_alternative<app::Seminar>(again), "a seminar is read again");
  require(as_json(std::get<app::Seminar>(again)).dump() == written, "as it was written");
}

RUNDBORD_FUZZ(room_list, 512) {
  const auto read = net::rooms_from(json(std::string(bytes)));
  const auto* rooms = std::get_if<json>(&read);
  require(rooms && rooms->is_array(), "a table of any words is a list of rooms");
  require(rooms->size() <= rooms_max, "as many as there may be");
  std::string table;
  std::set<int> without_number;
  for (const auto& room : *rooms) {
    const auto name = room.at("name").get<std::string>();
    require(name.empty() || (!is_blank(name.front()) && !is_blank(name.back())), "names are bare");
    require(name.find_first_of("\r\n") == std::string::npos, "a room is one line");
    table += std::to_string(room.at("number").get<int>()) + ',' + quoted(name) + '\n';
  }
  require(std::get<json>(net::rooms_from(json(table))) == *rooms, "a list is read as written");
}

RUNDBORD_FUZZ(new_workshop, 1024) {
  static const std::vector<protocol::Template> templates = [] {
    protocol::Template made;
    made.id = "day";
    made.languages = {"nb"};
    made.settings.title = {{"nb", Text{"Dag", 3, false}}};
    return std::vector{made};
  }();
  const auto body = protocol::parse_json(bytes);
  if (!std::holds_alternative<json>(body) || !std::get<json>(body).is_object()) return;
  const auto fields = net::new_workshop_fields(std::get<json>(body), templates);
  if (const auto* rejection = std::get_if<Rejection>(&fields)) {
    require(!rejection->field.empty(), "a refusal names its field");
    return;
  }
  const auto& made = std::get<json>(fields);
  require(made.at("rooms").is_array() && made.at("rooms").size() <= rooms_max, "rooms are limited");
  const auto command = protocol::read_command("create_workshop", made.dump());
  if (const auto* rejection = std::get_if<Rejection>(&command)) {
    require(rejection->code != RejectionCode::unknown_command, "the command is known");
  }
}

}  // namespace rundbord::fuzz
