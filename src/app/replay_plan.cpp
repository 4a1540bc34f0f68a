#include "app/replay_plan.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

namespace rundbord::app {
namespace {

using nlohmann::json;

// Under its task when it has notes and all name one task, else under the room.
Place summary_key(const SeminarPost& post) {
  if (post.notes.empty()) return {};
  const auto task = post.notes.front().place.task;
  const bool one = std::all_of(post.notes.begin(), post.notes.end(),
                               [&](const auto& note) { return note.place.task == task; });
  return {one ? task : std::nullopt, std::nullopt};
}

RoomPlan plan_room(const SeminarRoom& room) {
  RoomPlan plan;
  plan.number = room.number;
  plan.seats = room.participants;
  if (plan.seats.empty()) plan.seats.emplace_back();
  for (std::size_t k = 0; k < room.posts.size(); ++k) {
    const auto& post = room.posts[k];
    const auto seat = k % plan.seats.size();
    for (const auto& note : post.notes) plan.lines.push_back({seat, note.place, note.text});
    if (post.text.empty()) continue;
    auto& text = plan.texts[summary_key(post)];
    if (!text.text.empty()) text.text += "\n\n";
    text.text += with_newlines(post.text);
    text.seat = seat;
  }
  return plan;
}

// ---- the workshop -------------------------------------------------------------------------------

// A file may hold several languages; its own words stand under the one the workshop is held in.
std::string language_of(const Seminar& seminar) {
  return seminar.language == "mixed" || seminar.language.empty() ? "nb" : seminar.language;
}

json step(const char* name, int minutes) {
  return {{"step", name}, {"minutes", minutes}};
}

json cycle(std::vector<int> questions, int lap, int dialogue, int summary) {
  return {{"questions", std::move(questions)},
          {"steps", {step("lap", lap), step("dialogue", dialogue), step("summary", summary)}}};
}

// Question 1 alone, then the rest together, as the dialogue seminar's template has it.
json cycles_for(std::size_t questions) {
  json cycles = json::array();
  if (questions == 0) return json::array({cycle({}, 8, 10, 5)});
  cycles.push_back(cycle({1}, 8, 10, 5));
  std::vector<int> rest;
  for (int number = 2; number <= static_cast<int>(questions); ++number) rest.push_back(number);
  if (!rest.empty()) cycles.push_back(cycle(std::move(rest), 8, 12, 7));
  return cycles;
}

json questions_of(const SeminarTask& task, const std::string& language) {
  json questions = json::array();
  for (const auto& text : task.questions) {
    questions.push_back({{"number", questions.size() + 1},
                         {"form", "open"},
                         {"text", {{language, text}}},
                         {"earlier", json::array()}});
  }
  return questions;
}

json programme_of(const Seminar& seminar, const std::string& language) {
  json instructions = json::array();
  for (const auto& text : seminar.instructions) instructions.push_back({{language, text}});
  json tasks = json::array();
  for (const auto& task : seminar.tasks) {
    tasks.push_back({{"number", task.number},
                     {"sitting", 1},
                     {"title", {{language, task.title}}},
                     {"instructions", instructions},
                     {"questions", questions_of(task, language)},
                     {"cycles", cycles_for(task.questions.size())}});
  }
  const json sitting = {{"number", 1}, {"title", json::object()}};
  return {{"sittings", {sitting}}, {"tasks", tasks}, {"material", json::array()}};
}

json role(const char* key, json rights, json name) {
  return {{"key", key}, {"rights", rights}, {"name", name}, {"help", json::object()}};
}

json roles() {
  return {
      role("facilitator", {"lead_steps", "run_clock", "give_turns"},
           {{"nb", "ordstyrer"}, {"nn", "ordstyrar"}, {"da", "ordstyrer"}, {"en", "facilitator"}}),
      role("note_taker", {"edit_any_note", "manage_members"},
           {{"nb", "den som noterer"},
            {"nn", "den som noterer"},
            {"da", "den der noterer"},
            {"en", "note-taker"}}),
      role("topic_keeper", json::array(),
           {{"nb", "viddevakt"},
            {"nn", "viddevakt"},
            {"da", "fokusholder"},
            {"en", "topic keeper"}})};
}

}  // namespace

std::vector<RoomPlan> plan_rooms(const Seminar& seminar) {
  std::vector<RoomPlan> plans;
  for (const auto& room : seminar.rooms) plans.push_back(plan_room(room));
  return plans;
}

std::size_t count_lines(const std::vector<RoomPlan>& rooms) {
  std::size_t lines = 0;
  for (const auto& room : rooms) lines += room.lines.size();
  return lines;
}

std::string creation_body(const Seminar& seminar) {
  const auto language = language_of(seminar);
  json rooms = json::array();
  for (const auto& room : seminar.rooms) rooms.push_back({{"number", room.number}, {"name", ""}});
  const json settings = {{"title", {{language, seminar.title}}},
                         {"language", language},
                         {"label", "group"},
                         {"authorship", "shown"},
                         {"facilitator_turn", "last"},
                         {"assignment", "choose"}};
  return json{{"settings", settings},
              {"programme", programme_of(seminar, language)},
              {"roles", roles()},
              {"rooms", rooms}}
      .dump();
}

std::string with_newlines(const std::string& typed) {
  std::string text;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    if (typed[i] != '\r') {
      text += typed[i];
    } else if (i + 1 == typed.size() || typed[i + 1] != '\n') {
      text += '\n';
    }
  }
  return text;
}

}  // namespace rundbord::app
