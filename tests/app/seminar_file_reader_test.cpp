// Goal: a seminar file becomes what the contract says it is, and a wrong one is refused with its
// place.
#include "app/seminar_file.hpp"
#include "catch.hpp"

using namespace rundbord;
using namespace rundbord::app;

namespace {

const std::string good = R"({"extra":1,
  "workshop":{"title":"T","language":"nn","about":"x",
    "tasks":[{"task":1,"title":"A","questions":["q1","q2"]}],"instructions":["i"]},
  "rooms":[{"number":4,"participants":["Kari","Ola"],"posts":[
    {"title":"p","language":"nb","text":"whole","notes":[
      {"task":1,"question":2,"text":"a"},{"task":null,"question":null,"text":"b"}]}]},
   {"number":9,"participants":[],"posts":[]}]})";

std::string with(const std::string& part, const std::string& other) {
  auto changed = good;
  changed.replace(changed.find(part), part.size(), other);
  return changed;
}

std::string sentence_for(const std::string& json) {
  const auto outcome = read_seminar(json);
  REQUIRE(std::holds_alternative<std::string>(outcome));
  return std::get<std::string>(outcome);
}

}  // namespace

TEST_CASE("seminar file: rooms, participants, posts and notes are read, unknown keys ignored") {
  const auto outcome = read_seminar(good);
  REQUIRE(std::holds_alternative<Seminar>(outcome));
  const auto& seminar = std::get<Seminar>(outcome);
  CHECK(seminar.title == "T");
  CHECK(seminar.language == "nn");
  CHECK(seminar.tasks.at(0).questions == std::vector<std::string>{"q1", "q2"});
  CHECK(seminar.instructions == std::vector<std::string>{"i"});
  REQUIRE(seminar.rooms.size() == 2);
  CHECK(seminar.rooms[0].number == 4);
  CHECK(seminar.rooms[0].participants.size() == 2);
  const auto& notes = seminar.rooms[0].posts.at(0).notes;
  CHECK(notes.at(0).place == Place{1, 2});
  CHECK(notes.at(1).place == Place{});
}

TEST_CASE("seminar file: what is wrong is named by its place") {
  CHECK(sentence_for("{") == "the seminar file is no JSON at byte 2");
  CHECK(sentence_for(good + std::string("\0x", 2)) ==
        "the seminar file is no JSON at byte " + std::to_string(good.size() + 1));
  CHECK(sentence_for("[1e999]") == "the seminar file has a number that is too large");
  CHECK(sentence_for("[]") == "the seminar file is no object");
  CHECK(sentence_for(with(R"("number":9)", R"("number":4)")) ==
        "the seminar file has room 4 twice");
  CHECK(sentence_for(with(R"("number":9)", R"("number":0)")) ==
        "rooms[1].number is not from 1 to 9999");
  CHECK(sentence_for(with(R"("text":"b")", R"("text":7)")) ==
        "rooms[0].posts[0].notes[1].text is no text");
  CHECK(sentence_for(with(R"("task":1,"question":2)", R"("task":null,"question":2)")) ==
        "rooms[0].posts[0].notes[0] names a question but no task");
  CHECK(sentence_for(with(R"("task":1,"title")", R"("task":3,"title")")) ==
        "workshop.tasks are not numbered 1, 2, 3 and so on");
  CHECK(sentence_for(with(R"("title":"T",)", "")) == R"(workshop has no "title")");
}
