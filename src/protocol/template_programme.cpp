#include "protocol/template_programme.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "domain/limits.hpp"

namespace rundbord::protocol {
namespace {

// Forms the format has room for; only open questions can be answered so far.
constexpr std::string_view form_built = "open";
constexpr auto forms_reserved = std::to_array<std::string_view>({"fields", "pairs", "checklist"});
constexpr std::size_t instructions_per_task_max = 12;

std::string read_form(TableReader& question) {
  const TomlNode* node = question.find("form");
  if (!node) return std::string(form_built);
  const std::string* form = string_in(question.reading(), *node, "form");
  if (!form || *form == form_built) return std::string(form_built);
  const bool reserved =
      std::find(forms_reserved.begin(), forms_reserved.end(), *form) != forms_reserved.end();
  question.reading().fault(node->at, reserved
                                         ? "form " + in_quotes(*form) +
                                               " is not available yet; use " + in_quotes(form_built)
                                         : "unknown form " + in_quotes(*form) + "; known: open");
  return std::string(form_built);
}

Question read_question(TemplateReading& reading, const TomlNode& node, int number) {
  TableReader table(reading, node, "a question", {"form", "text"});
  Question question;
  question.number = number;
  question.form = read_form(table);
  question.text = table.words("text", question_graphemes_max);
  return question;
}

PlannedStep read_step(TemplateReading& reading, const TomlNode& node) {
  TableReader table(reading, node, "a step", {"step", "minutes"});
  PlannedStep planned;
  if (table.need("step")) planned.step = table.choice("step", StepKind::dialogue);
  if (table.find("minutes")) planned.minutes = table.number("minutes", 1, step_minutes_max);
  return planned;
}

std::vector<PlannedStep> default_steps() {
  return {{StepKind::lap, {}}, {StepKind::dialogue, {}}, {StepKind::summary, {}}};
}

std::vector<PlannedStep> read_steps(TableReader& cycle) {
  if (!cycle.find("steps")) return default_steps();
  std::vector<PlannedStep> steps;
  for (const TomlNode& node : cycle.list("steps", 1, steps_per_cycle_max)) {
    steps.push_back(read_step(cycle.reading(), node));
  }
  return steps;
}

std::vector<int> read_covered(TableReader& cycle, int questions_of_task) {
  std::vector<int> covered;
  for (const TomlNode& node : cycle.list("questions", 1, questions_per_task_max)) {
    const auto* number = std::get_if<std::int64_t>(&node.value);
    if (!number || *number < 1 || *number > questions_of_task) {
      cycle.reading().fault(node.at,
                            "a cycle names a question the task does not have; it has 1 to " +
                                std::to_string(questions_of_task));
      continue;
    }
    const int question = static_cast<int>(*number);
    if (std::find(covered.begin(), covered.end(), question) != covered.end()) {
      cycle.reading().fault(node.at,
                            "the cycle names question " + std::to_string(question) + " twice");
    }
    covered.push_back(question);
  }
  return covered;
}

Cycle read_cycle(TemplateReading& reading, const TomlNode& node, int questions_of_task) {
  TableReader table(reading, node, "a cycle", {"questions", "steps"});
  return {read_covered(table, questions_of_task), read_steps(table)};
}

std::vector<Cycle> one_cycle_each(const std::vector<Question>& questions) {
  std::vector<Cycle> cycles;
  for (const Question& question : questions) cycles.push_back({{question.number}, default_steps()});
  return cycles;
}

void check_all_covered(TemplateReading& reading, TomlPlace at, const Task& task) {
  std::set<int> covered;
  for (const Cycle& cycle : task.cycles) {
    covered.insert(cycle.questions.begin(), cycle.questions.end());
  }
  for (const Question& question : task.questions) {
    if (covered.contains(question.number)) continue;
    reading.fault(at,
                  "question " + std::to_string(question.number) + " is in no cycle of its task");
  }
}

std::vector<Cycle> read_cycles(TableReader& table, const Task& task) {
  if (!table.find("cycles")) return one_cycle_each(task.questions);
  std::vector<Cycle> cycles;
  for (const TomlNode& node : table.list("cycles", 1, cycles_per_task_max)) {
    const int questions = static_cast<int>(task.questions.size());
    cycles.push_back(read_cycle(table.reading(), node, questions));
  }
  return cycles;
}

Task read_task(TemplateReading& reading, const TomlNode& node, int number, int sitting) {
  TableReader table(reading, node, "a task", {"title", "instructions", "questions", "cycles"});
  Task task;
  task.number = number;
  task.sitting = sitting;
  task.title = table.words("title", title_graphemes_max);
  for (const TomlNode& line : table.list("instructions", 0, instructions_per_task_max)) {
    task.instructions.push_back(words_in(reading, line, "an instruction", message_graphemes_max));
  }
  for (const TomlNode& item : table.list("questions", 1, questions_per_task_max)) {
    const int next = static_cast<int>(task.questions.size()) + 1;
    task.questions.push_back(read_question(reading, item, next));
  }
  task.cycles = read_cycles(table, task);
  check_all_covered(reading, table.at(), task);
  return task;
}

void read_sitting(TemplateReading& reading, const TomlNode& node, Programme& programme) {
  TableReader table(reading, node, "a sitting", {"title", "tasks"});
  Sitting sitting;
  sitting.number = static_cast<int>(programme.sittings.size()) + 1;
  sitting.title = table.words("title", title_graphemes_max);
  for (const TomlNode& item : table.list("tasks", 1, tasks_max)) {
    const int next = static_cast<int>(programme.tasks.size()) + 1;
    programme.tasks.push_back(read_task(reading, item, next, sitting.number));
  }
  programme.sittings.push_back(std::move(sitting));
}

}  // namespace

Programme read_programme(TableReader& root) {
  Programme programme;
  for (const TomlNode& node : root.list("sittings", 1, sittings_max)) {
    read_sitting(root.reading(), node, programme);
  }
  if (programme.tasks.size() > tasks_max) {
    root.reading().fault(
        root.at(), "the template has more than " + std::to_string(tasks_max) + " tasks in all");
  }
  return programme;
}

}  // namespace rundbord::protocol
