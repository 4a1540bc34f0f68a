// Goal: the tests' own seminar keeps the trouble it was made for; who edits it sees here what is
// lost.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>

#include "catch.hpp"
#include "domain/limits.hpp"
#include "protocol/typed_text.hpp"
#include "source_dir.hpp"

using namespace rundbord;
using namespace rundbord::protocol;
using nlohmann::json;

namespace {

const json& seminar() {
  static const json read = [] {
    const std::filesystem::path root = source_dir();
    std::ifstream file(root / "tests" / "seminar" / "seminar.json");
    REQUIRE(file);
    return json::parse(file);
  }();
  return read;
}

std::vector<json> all_posts() {
  std::vector<json> posts;
  for (const json& room : seminar().at("rooms")) {
    for (const json& post : room.at("posts")) posts.push_back(post);
  }
  return posts;
}

std::vector<json> all_notes() {
  std::vector<json> notes;
  for (const json& post : all_posts()) {
    for (const json& note : post.at("notes")) notes.push_back(note);
  }
  return notes;
}

std::string text_of(const json& value) {
  return value.at("text").get<std::string>();
}

bool any_note(const std::function<bool(const json&)>& is) {
  const auto notes = all_notes();
  return std::any_of(notes.begin(), notes.end(), is);
}

bool any_post(const std::function<bool(const json&)>& is) {
  const auto posts = all_posts();
  return std::any_of(posts.begin(), posts.end(), is);
}

}  // namespace

TEST_CASE("the seminar file: every note can be written, and names a question that exists") {
  const json& tasks = seminar().at("workshop").at("tasks");
  for (const json& note : all_notes()) {
    const auto outcome = typed_text(text_of(note));
    REQUIRE(std::holds_alternative<Text>(outcome));
    const auto& text = std::get<Text>(outcome);
    CHECK(text.graphemes >= 1);
    CHECK(text.graphemes <= note_graphemes_max);
    CHECK(text.utf8.size() <= note_bytes_max);
    if (note.at("task").is_null()) {
      CHECK(note.at("question").is_null());
    } else if (!note.at("question").is_null()) {
      const std::size_t task = note.at("task").get<std::size_t>() - 1;
      CHECK(note.at("question") <= tasks.at(task).at("questions").size());
    }
  }
}

TEST_CASE("the seminar file: one note is exactly as long as a note may be") {
  CHECK(any_note(
      [](const json& note) { return count_graphemes(text_of(note)) == note_graphemes_max; }));
}

TEST_CASE("the seminar file: lines a spreadsheet or a browser could run") {
  for (const std::string start : {"=", "+", "@", "-", "<script>"}) {
    CHECK(any_note([&](const json& note) { return text_of(note).rfind(start, 0) == 0; }));
  }
}

TEST_CASE("the seminar file: characters and line endings that get lost easily") {
  for (const std::string part :
       {"«", "»", "–", "※", "😀", "👨‍👩‍👧‍👦", "🇳🇴", "ŧ", "\r\n", "\t"}) {
    CHECK(
        any_note([&](const json& note) { return text_of(note).find(part) != std::string::npos; }));
  }
  CHECK(any_post([](const json& post) { return text_of(post).find("\r\n") != std::string::npos; }));
}

TEST_CASE("the seminar file: empty posts, questions pasted back, several tasks in one post") {
  const std::string question = seminar().at("workshop").at("tasks").at(0).at("questions").at(0);
  CHECK(any_post([](const json& post) { return text_of(post).empty(); }));
  CHECK(any_post([&](const json& post) { return text_of(post) == question; }));
  CHECK(any_post([](const json& post) {
    std::set<json> tasks;
    for (const json& note : post.at("notes")) tasks.insert(note.at("task"));
    return tasks.contains(json(1)) && tasks.contains(json(2));
  }));
}

TEST_CASE(
    "the seminar file: notes without a question, with and without a task, and every language") {
  CHECK(any_note([](const json& n) { return n.at("task") == 1 && n.at("question").is_null(); }));
  CHECK(any_note([](const json& n) { return n.at("task") == 2 && n.at("question").is_null(); }));
  CHECK(any_note([](const json& n) { return n.at("task").is_null(); }));
  for (const std::string language : {"nb", "nn", "da", "mixed"}) {
    CHECK(any_post([&](const json& post) { return post.at("language") == language; }));
  }
}

TEST_CASE("the seminar file: room numbers have gaps, and a room may have nobody's name") {
  int last = 0;
  bool gap = false, nobody = false;
  for (const json& room : seminar().at("rooms")) {
    const int number = room.at("number");
    CHECK(number > last);
    gap = gap || number > last + 1;
    nobody = nobody || room.at("participants").empty();
    last = number;
  }
  CHECK(gap);
  CHECK(nobody);
}
