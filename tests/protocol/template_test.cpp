// Goal: a template either gives exactly what a workshop needs, in every language it promises, or
// says what is wrong with it and on which line.
#include "protocol/template.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "catch.hpp"
#include "domain/limits.hpp"
#include "source_dir.hpp"

using namespace rundbord;
using namespace rundbord::protocol;

namespace {

const std::vector<std::string> four_languages = {"nb", "nn", "da", "en"};

std::string read_whole(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file);
  std::ostringstream whole;
  whole << file.rdbuf();
  return whole.str();
}

Template shipped(const std::string& id) {
  const std::string name = id + ".toml";
  const auto path = source_dir() / "templates" / name;
  auto outcome = parse_template(read_whole(path), name);
  if (const auto* errors = std::get_if<std::vector<TemplateError>>(&outcome)) {
    for (const TemplateError& error : *errors) UNSCOPED_INFO(to_text(error));
  }
  REQUIRE(std::holds_alternative<Template>(outcome));
  return std::get<Template>(std::move(outcome));
}

std::vector<TemplateError> errors_of(std::string_view toml) {
  const auto outcome = parse_template(toml, "try.toml");
  const auto* errors = std::get_if<std::vector<TemplateError>>(&outcome);
  return errors ? *errors : std::vector<TemplateError>{};
}

// Every text of a template, in one list.
std::vector<LocalText> all_words(const Template& read) {
  std::vector<LocalText> all = {read.settings.title, read.description};
  for (const Role& role : read.roles) all.insert(all.end(), {role.name, role.help});
  for (const Sitting& sitting : read.programme.sittings) all.push_back(sitting.title);
  for (const Task& task : read.programme.tasks) {
    all.push_back(task.title);
    all.insert(all.end(), task.instructions.begin(), task.instructions.end());
    for (const Question& question : task.questions) all.push_back(question.text);
  }
  return all;
}

// A valid template in one language; line numbers below count from its first line.
const std::string small =
    "id = \"small\"\n"                                                // 1
    "version = 3\n"                                                   // 2
    "languages = [\"nb\"]\n"                                          // 3
    "label = \"room\"\n"                                              // 4
    "title.nb = \"Liten\"\n"                                          // 5
    "description.nb = \"Prøve\"\n"                                    // 6
    "[[roles]]\n"                                                     // 7
    "key = \"facilitator\"\n"                                         // 8
    "name.nb = \"ordstyrer\"\n"                                       // 9
    "help.nb = \"leder\"\n"                                           // 10
    "rights = [\"run_clock\"]\n"                                      // 11
    "[[sittings]]\n"                                                  // 12
    "title.nb = \"Økt\"\n"                                            // 13
    "[[sittings.tasks]]\n"                                            // 14
    "title.nb = \"Oppgave\"\n"                                        // 15
    "instructions = [{ nb = \"Les først\" }]\n"                       // 16
    "questions = [{ text.nb = \"Hva?\" }, { text.nb = \"Når?\" }]\n"  // 17
    "[[sittings.tasks.cycles]]\n"                                     // 18
    "questions = [1, 2]\n"                                            // 19
    "steps = [{ step = \"lap\", minutes = 5 }]\n";                    // 20

std::string with(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("the shipped templates are whole in four languages") {
  for (const std::string id : {"dialogue-seminar", "group-dialogue", "world-cafe"}) {
    const Template read = shipped(id);
    CHECK(read.id == id);
    CHECK(read.languages == four_languages);
    for (const LocalText& words : all_words(read)) {
      REQUIRE(words.size() == four_languages.size());
      for (const auto& [language, text] : words) CHECK(text.graphemes > 0);
    }
    for (const Role& role : read.roles) CHECK(role.help.size() == four_languages.size());
  }
}

TEST_CASE("every template in the folder is one that a test knows") {
  std::vector<std::string> names;
  const auto folder = source_dir() / "templates";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".toml") names.push_back(entry.path().stem());
  }
  std::sort(names.begin(), names.end());
  CHECK(names == std::vector<std::string>{"dialogue-seminar", "group-dialogue", "world-cafe"});
}

TEST_CASE("the dialogue seminar has 3 + 2 questions, question 1 alone, then 2 and 3 together") {
  const Template read = shipped("dialogue-seminar");
  const std::vector<Task>& tasks = read.programme.tasks;
  REQUIRE(read.programme.sittings.size() == 1);
  REQUIRE(tasks.size() == 2);
  CHECK(tasks[0].questions.size() == 3);
  CHECK(tasks[1].questions.size() == 2);
  REQUIRE(tasks[0].cycles.size() == 2);
  CHECK(tasks[0].cycles[0].questions == std::vector<int>{1});
  CHECK(tasks[0].cycles[1].questions == std::vector<int>{2, 3});
  for (const Task& task : tasks) {
    for (const Cycle& cycle : task.cycles) {
      REQUIRE(cycle.steps.size() == 3);
      CHECK(cycle.steps[0].step == StepKind::lap);
      CHECK(cycle.steps[1].step == StepKind::dialogue);
      CHECK(cycle.steps[2].step == StepKind::summary);
    }
  }
}

TEST_CASE("the dialogue seminar's roles: the topic keeper carries no rights") {
  const Template read = shipped("dialogue-seminar");
  std::map<std::string, std::vector<Right>> rights;
  for (const Role& role : read.roles) rights[role.key] = role.rights;
  REQUIRE(rights.size() == 3);
  CHECK(rights["facilitator"] ==
        std::vector<Right>{Right::lead_steps, Right::run_clock, Right::give_turns});
  CHECK(rights["note_taker"] == std::vector<Right>{Right::edit_any_note, Right::manage_members});
  CHECK(rights["topic_keeper"].empty());
  CHECK(read.roles[2].name.at("nb").utf8 == "viddevakt");
}

TEST_CASE("a template is read into the values a workshop is made from") {
  const auto outcome = parse_template(small, "small.toml");
  REQUIRE(std::holds_alternative<Template>(outcome));
  const auto& read = std::get<Template>(outcome);
  CHECK(read.version == 3);
  CHECK(read.settings.label == RoomLabel::room);
  CHECK(read.settings.language == "nb");
  CHECK(read.roles.at(0).rights == std::vector<Right>{Right::run_clock});
  const Task& task = read.programme.tasks.at(0);
  CHECK(task.number == 1);
  CHECK(task.sitting == 1);
  CHECK(task.instructions.at(0).at("nb").utf8 == "Les først");
  CHECK(task.questions.at(1).number == 2);
  CHECK(task.questions.at(1).text.at("nb").graphemes == 4);
  CHECK(task.cycles.at(0).steps.at(0).minutes == 5);
}

TEST_CASE("without cycles each question gets lap, dialogue, summary without a clock") {
  const std::string text = small.substr(0, small.find("[[sittings.tasks.cycles]]"));
  const auto outcome = parse_template(text, "small.toml");
  REQUIRE(std::holds_alternative<Template>(outcome));
  const Task& task = std::get<Template>(outcome).programme.tasks.at(0);
  REQUIRE(task.cycles.size() == 2);
  CHECK(task.cycles[1].questions == std::vector<int>{2});
  CHECK(task.cycles[1].steps == std::vector<PlannedStep>{{StepKind::lap, {}},
                                                         {StepKind::dialogue, {}},
                                                         {StepKind::summary, {}}});
}

TEST_CASE("tasks are numbered through the sittings") {
  const std::string second =
      "[[sittings]]\ntitle.nb = \"To\"\n[[sittings.tasks]]\n"
      "title.nb = \"Mer\"\nquestions = [{ text.nb = \"Hvem?\" }]\n";
  const auto outcome = parse_template(small + second, "small.toml");
  REQUIRE(std::holds_alternative<Template>(outcome));
  const Programme& programme = std::get<Template>(outcome).programme;
  CHECK(programme.sittings.at(1).number == 2);
  CHECK(programme.tasks.at(1).number == 2);
  CHECK(programme.tasks.at(1).sitting == 2);
}

TEST_CASE("one fault in a template is named with its line") {
  struct Fault {
    std::string from, to;
    int line;
    std::string reason;
  };
  const std::string long_title = "title.nb = \"" + std::string(title_graphemes_max + 3, 'x') + "\"";
  const std::vector<Fault> faults = {
      {"version = 3", "version = 3\ncolour = \"red\"", 3, "unknown key \"colour\" in a template"},
      {"key = \"facilitator\"", "key = \"facilitator\"\nboss = 1", 9, "unknown key \"boss\""},
      {"version = 3", "version = \"3\"", 2, "version must be a whole number from 1"},
      {"version = 3", "version = 0", 2, "version must be a whole number from 1"},
      {"version = 3", "version = true", 2, "version must be a whole number from 1"},
      {"version = 3\n", "", 1, "version is missing"},
      {"id = \"small\"", "id = \"Small one\"", 1, "id must be 1 to 60 of a-z"},
      {"id = \"small\"", "id = 7", 1, "id must be text in quotation marks"},
      {"label = \"room\"", "label = \"island\"", 4,
       "unknown label \"island\"; known: group, room, table"},
      {"label = \"room\"", "authorship = \"secret\"", 4, "unknown authorship"},
      {"label = \"room\"", "facilitator_turn = \"never\"", 4, "unknown facilitator_turn"},
      {"title.nb = \"Liten\"", "title.nb = \"Liten\"\ntitle.xx = \"?\"", 6,
       "unknown language \"xx\" in title"},
      {"title.nb = \"Liten\"", "title.nb = 5", 5, "title must be text in quotation marks"},
      {"title.nb = \"Liten\"", "title = \"Liten\"", 5, "title must be a table"},
      {"title.nb = \"Liten\"", "title.nb = \"\"", 5, "title is empty"},
      {"title.nb = \"Liten\"", "title.nb = \"a\\u0007\"", 5, "title holds a control character"},
      {"title.nb = \"Liten\"", long_title, 5, "title is 3 characters longer than the 200 allowed"},
      {"title.nb = \"Liten\"\n", "", 1, "title is missing"},
      {"rights = [\"run_clock\"]", "rights = [\"fly\"]", 11, "unknown right \"fly\""},
      {"rights = [\"run_clock\"]", "rights = [\"run_clock\", \"run_clock\"]", 11,
       "right \"run_clock\" is given twice"},
      {"rights = [\"run_clock\"]", "rights = \"run_clock\"", 11, "rights must be a list"},
      {"key = \"facilitator\"", "key = \"Head 1\"", 8, "key must be 1 to 40 of a-z and _"},
      {"[{ nb = \"Les først\" }]", "[\"Les først\"]", 16, "an instruction must be a table"},
      {"{ text.nb = \"Når?\" }", "{ form = \"pairs\", text.nb = \"Når?\" }", 17,
       "form \"pairs\" is not available yet; use \"open\""},
      {"{ text.nb = \"Når?\" }", "{ form = \"riddle\", text.nb = \"Når?\" }", 17,
       "unknown form \"riddle\""},
      {"questions = [1, 2]", "questions = [1, 2, 3]", 19, "the task does not have; it has 1 to 2"},
      {"questions = [1, 2]", "questions = [1, 2, 0]", 19, "the task does not have; it has 1 to 2"},
      {"questions = [1, 2]", "questions = [1, 2, 2]", 19, "names question 2 twice"},
      {"questions = [1, 2]", "questions = [1]", 14, "question 2 is in no cycle of its task"},
      {"step = \"lap\"", "step = \"vote\"", 20, "unknown step \"vote\""},
      {"step = \"lap\", ", "", 20, "step is missing"},
      {"minutes = 5", "minutes = 0", 20, "minutes must be a whole number from 1 to 600"},
      {"minutes = 5", "minutes = 601", 20, "minutes must be a whole number from 1 to 600"},
      {"minutes = 5", "minutes = 2.5", 20, "minutes must be a whole number from 1 to 600"},
      {"[{ step = \"lap\", minutes = 5 }]", "[]", 20, "steps must have 1 to 12 items, not 0"},
      {"version = 3", "version = 3 3", 2, ""},
      {"version = 3", "version = 3\nversion = 4", 3, ""},
  };
  for (const Fault& fault : faults) {
    const auto errors = errors_of(with(small, fault.from, fault.to));
    INFO(fault.to << " → " << (errors.empty() ? "no error" : to_text(errors.front())));
    REQUIRE(errors.size() == 1);
    CHECK(errors.front().line == fault.line);
    CHECK(errors.front().reason.find(fault.reason) != std::string::npos);
  }
}

TEST_CASE("a text that lacks a language is named with the languages it lacks") {
  const auto errors =
      errors_of(with(small, "languages = [\"nb\"]", "languages = [\"nb\", \"se\"]"));
  REQUIRE(errors.size() == 9);  // each text of the template
  CHECK(errors.front().line == 5);
  CHECK(errors.front().reason == "title lacks se");
}

TEST_CASE("a template that names no languages promises all four") {
  const auto errors = errors_of(with(small, "languages = [\"nb\"]\n", ""));
  REQUIRE_FALSE(errors.empty());
  CHECK(errors.front().reason == "title lacks nn, da, en");
}

TEST_CASE("a language is a tag, not its name") {
  const auto errors = errors_of(with(small, "languages = [\"nb\"]", "languages = [\"Norsk\"]"));
  REQUIRE_FALSE(errors.empty());
  CHECK(errors.front().line == 3);
  CHECK(errors.front().reason == "a language must be a tag such as \"nb\"");
}

TEST_CASE("two roles cannot share a key") {
  const std::string again =
      "[[roles]]\nkey = \"facilitator\"\nname.nb = \"to\"\nhelp.nb = \"to\"\nrights = []\n";
  const auto errors = errors_of(with(small, "[[sittings]]\n", again + "[[sittings]]\n"));
  REQUIRE(errors.size() == 1);
  CHECK(errors.front().line == 12);
  CHECK(errors.front().reason == "two roles have the key \"facilitator\"");
}

TEST_CASE("all faults are told at once, in the file's order") {
  std::string text = with(small, "minutes = 5", "minutes = 900");
  text = with(text, "label = \"room\"", "label = \"ship\"");
  text = with(text, "rights = [\"run_clock\"]", "rights = [\"fly\"]");
  const auto errors = errors_of(text);
  REQUIRE(errors.size() == 3);
  CHECK(errors[0].line == 4);
  CHECK(errors[1].line == 11);
  CHECK(errors[2].line == 20);
  CHECK(to_text(errors[0]) == "try.toml:4:9: unknown label \"ship\"; known: group, room, table");
}

TEST_CASE("lists of a template have limits") {
  std::string tasks;
  for (std::size_t n = 0; n < tasks_max; ++n) {
    tasks += "[[sittings.tasks]]\ntitle.nb = \"T\"\nquestions = [{ text.nb = \"Q\" }]\n";
  }
  const auto errors = errors_of(small + tasks);
  REQUIRE_FALSE(errors.empty());
  CHECK(errors.front().reason.find("40") != std::string::npos);
  const auto in_all = errors_of(small + "[[sittings]]\ntitle.nb = \"To\"\n" + tasks);
  REQUIRE(in_all.size() == 1);
  CHECK(in_all.front().reason == "the template has more than 40 tasks in all");
}

TEST_CASE("not more errors than anyone reads") {
  std::string text = small;
  for (int n = 0; n < 200; ++n) text = "k" + std::to_string(n) + " = 1\n" + text;
  CHECK(errors_of(text).size() == template_errors_max);
}

TEST_CASE("a file too large or too deep is refused before it is parsed") {
  const auto large = errors_of(small + "# " + std::string(300 * 1024, 'x'));
  REQUIRE(large.size() == 1);
  CHECK(large.front().reason.find("larger than") != std::string::npos);
  std::string deep = "a";
  for (int n = 0; n < 60'000; ++n) deep += ".a";
  const auto errors = errors_of(deep + " = 1\n");
  REQUIRE(errors.size() == 1);
  CHECK(errors.front().reason.find("full stops") != std::string::npos);
}

TEST_CASE("a file that is not UTF-8, or nothing at all, is refused") {
  CHECK(errors_of("id = \"\xC3\x28\"\n").size() == 1);
  CHECK(errors_of("").size() > 1);
}

TEST_CASE("an error never carries control characters from the file to a terminal") {
  const auto errors = errors_of("\"\\u001b[31m" + std::string(200, 'y') + "\" = 1\n" + small);
  REQUIRE(errors.size() == 1);
  CHECK(errors.front().reason.find('\x1b') == std::string::npos);
  CHECK(errors.front().reason.find("yyy…\"") != std::string::npos);
}
