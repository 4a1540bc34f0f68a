// Goal: who writes which line, and what becomes summary text under which key, as the contract says.
#include "app/replay_plan.hpp"

#include <nlohmann/json.hpp>

#include "app/read_back.hpp"
#include "catch.hpp"
#include "protocol/client_message.hpp"

using namespace rundbord;
using namespace rundbord::app;

namespace {

Seminar seminar_with(SeminarRoom room) {
  Seminar seminar;
  seminar.title = "T";
  seminar.language = "nb";
  seminar.tasks = {{1, "A", {"q1", "q2", "q3"}}, {2, "B", {"q1"}}};
  seminar.instructions = {"first"};
  seminar.rooms = {std::move(room)};
  return seminar;
}

SeminarRoom three_posts() {
  SeminarRoom room;
  room.number = 7;
  room.participants = {"Kari", "Ola"};
  room.posts = {{"one\r\ntask", {{{1, 1}, "a"}, {{1, {}}, "b"}}},
                {"", {{{2, 1}, "c"}}},
                {"two tasks", {{{1, 1}, "d"}, {{2, 1}, "e"}}},
                {"no notes", {}},
                {"again\rone", {{{1, 2}, "f"}}}};
  return room;
}

}  // namespace

TEST_CASE("replay plan: post k is written by seat k mod n, lines in order") {
  const auto plan = plan_rooms(seminar_with(three_posts())).at(0);
  CHECK(plan.number == 7);
  CHECK(plan.seats == std::vector<std::string>{"Kari", "Ola"});
  std::string order;
  for (const auto& line : plan.lines) order += line.text + std::to_string(line.seat);
  CHECK(order == "a0b0c1d0e0f0");
}

TEST_CASE("replay plan: a room without participants has one unnamed seat") {
  auto room = three_posts();
  room.participants.clear();
  const auto plan = plan_rooms(seminar_with(room)).at(0);
  CHECK(plan.seats == std::vector<std::string>{""});
}

TEST_CASE("replay plan: a post is summary text of its one task, else of the room; empty is not") {
  const auto plan = plan_rooms(seminar_with(three_posts())).at(0);
  REQUIRE(plan.texts.size() == 2);
  CHECK(plan.texts.at({1, {}}).text == "one\ntask\n\nagain\none");
  CHECK(plan.texts.at({}).text == "two tasks\n\nno notes");
}

TEST_CASE("replay plan: the workshop it asks for is one the server takes") {
  const auto body = creation_body(seminar_with(three_posts()));
  const auto command = protocol::read_command("create_workshop", body);
  REQUIRE(std::holds_alternative<Command>(command));
  const auto& create = std::get<CreateWorkshop>(std::get<Command>(command));
  CHECK(create.rooms.at(0).number == RoomNumber{7});
  REQUIRE(create.programme.tasks.size() == 2);
  const auto& task = create.programme.tasks[0];
  CHECK(task.instructions.size() == 1);
  REQUIRE(task.cycles.size() == 2);
  CHECK(task.cycles[1].questions == std::vector<int>{2, 3});
  CHECK(task.cycles[0].steps.size() == 3);
}

TEST_CASE("read back: each kind of difference is found") {
  const auto seminar = seminar_with(three_posts());
  const auto plan = plan_rooms(seminar).at(0);
  RoomContents same;
  for (const auto& line : plan.lines) same.notes[line.place].push_back(line.text);
  for (const auto& [place, text] : plan.texts) same.texts[place] = text.text;
  REQUIRE_FALSE(difference(plan, same));
  auto came = same;
  SECTION("a line is missing") {
    came.notes[{1, 1}].pop_back();
  }
  SECTION("a line stands twice") {
    came.notes[{1, 1}].push_back("d");
  }
  SECTION("a line was changed") {
    came.notes[{1, 1}][0] = "A";
  }
  SECTION("two lines changed places") {
    std::swap(came.notes[{1, 1}][0], came.notes[{1, 1}][1]);
  }
  SECTION("a line stands at another question") {
    came.notes[{1, 2}].pop_back();
    came.notes[{1, 3}].push_back("f");
  }
  SECTION("a text was changed") {
    came.texts[{}] += ".";
  }
  SECTION("a text is missing") {
    came.texts.erase(Place{});
  }
  SECTION("a text nobody wrote") {
    came.texts[{2, {}}] = "x";
  }
  CHECK(difference(plan, came));
}

TEST_CASE("read back: the export is compared room by room") {
  const auto plans = plan_rooms(seminar_with({3, {}, {{"", {{{1, {}}, "a"}}}}}));
  const auto exported = [](const std::string& rooms) {
    return std::get<ExportedRooms>(contents_of_export(R"({"rooms":[)" + rooms + "]}"));
  };
  const std::string room3 =
      R"({"number":3,"notes":[{"task":1,"question":null,"text":"a"}],"summaries":[]})";
  CHECK_FALSE(difference(plans, exported(room3)));
  CHECK(difference(plans, exported("")) == "room 3 at task 1 1 lines were sent, 0 are there");
  CHECK(difference(plans,
                   exported(room3 + R"(,{"number":4,"notes":[{"text":"x"}],"summaries":[]})")));
  CHECK(std::holds_alternative<std::string>(contents_of_export("{}")));
}
