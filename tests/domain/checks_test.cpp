// The limits on texts, and what is asked of a programme, of roles and of rooms.
#include "domain/checks.hpp"

#include "catch.hpp"
#include "small_workshop.hpp"

using namespace rundbord;
using namespace rundbord::testing;

namespace {

std::string told(const Fault& fault) {
  return fault ? std::string(code_name(fault->code)) + " in " + fault->field : "fine";
}

// What is said of the small programme after one change.
template <class Change>
std::string told_of_programme(Change change) {
  auto programme = small_programme();
  change(programme);
  return told(fault_in(programme));
}

Text of_graphemes(std::size_t graphemes) {
  return words(std::string(graphemes, 'x'));
}

}  // namespace

TEST_CASE("a text is refused from the first grapheme too many, with how many") {
  CHECK_FALSE(too_long(of_graphemes(note_graphemes_max), note_limit, "text"));
  const auto fault = too_long(of_graphemes(note_graphemes_max + 7), note_limit, "text");
  REQUIRE(fault);
  CHECK(fault->code == RejectionCode::note_too_long);
  const std::vector<std::pair<std::string, std::int64_t>> facts{{"over", 7}, {"max", 4000}};
  CHECK(fault->facts == facts);
}

TEST_CASE("a text of few graphemes but too many bytes is refused with the bytes") {
  Text text{std::string(note_bytes_max, 'x'), 10};
  CHECK_FALSE(too_long(text, note_limit, "text"));
  text.utf8 += "yy";
  const auto fault = too_long(text, note_limit, "text");
  REQUIRE(fault);
  const std::vector<std::pair<std::string, std::int64_t>> facts{
      {"over", 2}, {"max", 16384}, {"bytes", 1}};
  CHECK(fault->facts == facts);
}

TEST_CASE("white space alone is no title") {
  CHECK(told(missing_or_too_long(words(" \n\t"), title_limit, "t")) == "empty_text in t");
  CHECK(told(missing_or_too_long(words(" a"), title_limit, "t")) == "fine");
  CHECK(told(fault_in(LocalText{}, title_limit, "t")) == "empty_text in t");
  CHECK(told(fault_in(LocalText{{"nb", words("a")}, {"en", words("")}}, title_limit, "t")) ==
        "empty_text in t.en");
  CHECK(told(fault_in(LocalText{{"n b", words("a")}}, title_limit, "t")) == "out_of_range in t");
  LocalText many;
  for (std::size_t i = 0; i <= languages_max; ++i) many["x" + std::to_string(i)] = words("a");
  CHECK(told(fault_in(many, title_limit, "t")) == "too_many in t");
}

TEST_CASE("settings need a title and a language") {
  auto settings = small_settings();
  CHECK(told(fault_in(settings)) == "fine");
  settings.language = "";
  CHECK(told(fault_in(settings)) == "out_of_range in settings.language");
  settings = small_settings();
  settings.title = in_english(std::string(title_graphemes_max + 1, 't'));
  CHECK(told(fault_in(settings)) == "text_too_long in settings.title.en");
}

TEST_CASE("a programme: numbers, sittings, titles") {
  CHECK(told_of_programme([](auto&) {}) == "fine");
  CHECK(told_of_programme([](auto& p) { p.sittings.clear(); }) ==
        "missing_field in programme.sittings");
  CHECK(told_of_programme([](auto& p) { p.sittings[1].number = 3; }) ==
        "out_of_range in programme.sittings.1.number");
  CHECK(told_of_programme([](auto& p) { p.tasks[0].number = 2; }) ==
        "out_of_range in programme.tasks.0.number");
  CHECK(told_of_programme([](auto& p) { p.tasks[1].sitting = 3; }) ==
        "unknown_sitting in programme.tasks.1.sitting");
  CHECK(told_of_programme([](auto& p) { p.tasks[1].title = {}; }) ==
        "empty_text in programme.tasks.1.title");
  CHECK(told_of_programme([](auto& p) { p.sittings[0].title = {}; }) == "fine");
}

TEST_CASE("a programme: questions") {
  CHECK(told_of_programme([](auto& p) { p.tasks[0].questions[1].number = 3; }) ==
        "out_of_range in programme.tasks.0.questions.1.number");
  CHECK(told_of_programme([](auto& p) { p.tasks[0].questions[0].form = "pairs"; }) ==
        "out_of_range in programme.tasks.0.questions.0.form");
  CHECK(told_of_programme([](auto& p) { p.tasks[0].questions[0].text = in_english(""); }) ==
        "empty_text in programme.tasks.0.questions.0.text.en");
  CHECK(told_of_programme([](auto& p) { p.tasks[0].questions[0].room = RoomNumber{0}; }) ==
        "out_of_range in programme.tasks.0.questions.0.room");
}

TEST_CASE("a programme: cycles and steps") {
  CHECK(told_of_programme([](auto& p) {
          p.tasks[0].cycles[1].questions = {2, 4};
        }) == "unknown_question in programme.tasks.0.cycles.1.questions");
  CHECK(told_of_programme([](auto& p) {
          p.tasks[0].cycles[1].questions = {2, 2};
        }) == "exists_already in programme.tasks.0.cycles.1.questions");
  CHECK(told_of_programme([](auto& p) { p.tasks[0].cycles[0].steps.clear(); }) ==
        "missing_field in programme.tasks.0.cycles.0.steps");
  const auto with_minutes = [](int minutes) {
    return told_of_programme(
        [minutes](auto& p) { p.tasks[0].cycles[0].steps[1].minutes = minutes; });
  };
  CHECK(with_minutes(1) == "fine");
  CHECK(with_minutes(step_minutes_max) == "fine");
  CHECK(with_minutes(0) == "out_of_range in programme.tasks.0.cycles.0.steps.1.minutes");
  CHECK(with_minutes(step_minutes_max + 1) ==
        "out_of_range in programme.tasks.0.cycles.0.steps.1.minutes");
}

TEST_CASE("a programme: how many of each") {
  const auto tasks_of = [](std::size_t count) {
    return told_of_programme([count](auto& p) {
      p.tasks.clear();
      for (std::size_t n = 1; n <= count; ++n) {
        p.tasks.push_back(task(static_cast<int>(n), 1, 1, {}));
      }
    });
  };
  CHECK(tasks_of(tasks_max) == "fine");
  CHECK(tasks_of(tasks_max + 1) == "too_many in programme.tasks");
  const auto questions_of = [](std::size_t count) {
    return told_of_programme(
        [count](auto& p) { p.tasks[0] = task(1, 1, static_cast<int>(count), {}); });
  };
  CHECK(questions_of(questions_per_task_max) == "fine");
  CHECK(questions_of(questions_per_task_max + 1) == "too_many in programme.tasks.0.questions");
  CHECK(told_of_programme([](auto& p) {
          for (int n = 3; n <= static_cast<int>(sittings_max) + 1; ++n)
            p.sittings.push_back({n, {}});
        }) == "too_many in programme.sittings");
  CHECK(told_of_programme([](auto& p) {
          p.tasks[0].cycles.assign(cycles_per_task_max + 1, p.tasks[0].cycles[0]);
        }) == "too_many in programme.tasks.0.cycles");
  CHECK(told_of_programme([](auto& p) {
          p.tasks[0].cycles[0].steps.assign(steps_per_cycle_max + 1, {});
        }) == "too_many in programme.tasks.0.cycles.0.steps");
  CHECK(told_of_programme([](auto& p) {
          p.tasks[0].instructions.assign(instructions_max + 1, in_english("do"));
        }) == "too_many in programme.tasks.0.instructions");
  CHECK(told_of_programme([](auto& p) {
          p.tasks[0].questions[0].earlier.assign(wordings_max + 1, in_english("was"));
        }) == "too_many in programme.tasks.0.questions.0.earlier");
}

TEST_CASE("questions of other rooms do not fill up a room's list") {
  std::vector<Question> questions;
  for (int room = 1; room <= 100; ++room) {
    questions.push_back(question(room));
    questions.back().room = RoomNumber{room};
  }
  CHECK(questions_fit(questions));
  for (std::size_t n = 1; n < questions_per_task_max; ++n) questions.push_back(question(0));
  CHECK(questions_fit(questions));
  questions.push_back(question(0));
  CHECK_FALSE(questions_fit(questions));
}

TEST_CASE("material is a titled link that opens as a page") {
  const auto linked = [](const std::string& url) {
    return told_of_programme([&url](auto& p) { p.material = {{words("Film"), words(url)}}; });
  };
  CHECK(linked("https://example.org/film") == "fine");
  CHECK(linked("http://10.0.0.2/") == "fine");
  CHECK(linked("javascript:alert(1)") == "invalid_text in programme.material.0.url");
  CHECK(linked("https://a b") == "invalid_text in programme.material.0.url");
  CHECK(linked("https://" + std::string(url_bytes_max, 'a')) ==
        "text_too_long in programme.material.0.url");
  CHECK(told_of_programme([](auto& p) {
          p.material.assign(materials_max + 1, {words("a"), words("https://a")});
        }) == "too_many in programme.material");
}

TEST_CASE("roles have keys of their own, a name, and perhaps help") {
  CHECK(told(fault_in(small_roles())) == "fine");
  CHECK(told(fault_in(std::vector<Role>{})) == "fine");
  CHECK(told(fault_in({role("a", {}), role("a", {})})) == "exists_already in roles.1.key");
  CHECK(told(fault_in({role("Facilitator", {})})) == "out_of_range in roles.0.key");
  CHECK(told(fault_in({role("", {})})) == "out_of_range in roles.0.key");
  CHECK(told(fault_in({role(std::string(40, 'a'), {})})) == "fine");
  CHECK(told(fault_in({role(std::string(41, 'a'), {})})) == "out_of_range in roles.0.key");
  auto nameless = role("a", {});
  nameless.name = {};
  CHECK(told(fault_in({nameless})) == "empty_text in roles.0.name");
  auto helpless = role("a", {});
  helpless.help = {};
  CHECK(told(fault_in({helpless})) == "fine");
  std::vector<Role> many;
  for (std::size_t i = 0; i <= roles_max; ++i) many.push_back(role(std::string(i + 1, 'a'), {}));
  CHECK(told(fault_in(many)) == "too_many in roles");
}

TEST_CASE("rooms have numbers in range, each once") {
  const auto rooms = [](std::vector<NewRoom> made) { return told(fault_in(made)); };
  CHECK(rooms({{RoomNumber{1}, {}}, {RoomNumber{room_number_max}, words("Hall")}}) == "fine");
  CHECK(rooms({{RoomNumber{0}, {}}}) == "out_of_range in rooms.0.number");
  CHECK(rooms({{RoomNumber{room_number_max + 1}, {}}}) == "out_of_range in rooms.0.number");
  CHECK(rooms({{RoomNumber{4}, {}}, {RoomNumber{4}, {}}}) == "exists_already in rooms.1.number");
  CHECK(rooms({{RoomNumber{4}, of_graphemes(name_graphemes_max + 1)}}) ==
        "name_too_long in rooms.0.name");
  std::vector<NewRoom> many;
  for (std::size_t i = 0; i <= rooms_max; ++i) {
    many.push_back({RoomNumber{static_cast<int>(i) + 1}, {}});
  }
  CHECK(rooms(many) == "too_many in rooms");
}

TEST_CASE("a checksum is 64 lower-case hexadecimal digits") {
  CHECK(is_checksum(std::string(64, 'a')));
  CHECK_FALSE(is_checksum(std::string(63, 'a')));
  CHECK_FALSE(is_checksum(std::string(64, 'A')));
}
