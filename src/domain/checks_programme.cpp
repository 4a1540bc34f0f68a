// The checks of a whole programme: sittings → tasks → questions and cycles, and the material.
#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string_view>

#include "domain/checks.hpp"

namespace rundbord {
namespace {

Fault more_than(std::size_t count, std::size_t max, const std::string& field) {
  if (count <= max) return std::nullopt;
  return Rejection{RejectionCode::too_many, field, {{"max", static_cast<std::int64_t>(max)}}};
}

Fault outside(int value, int min, int max, const std::string& field) {
  if (value >= min && value <= max) return std::nullopt;
  return Rejection{RejectionCode::out_of_range, field, {{"min", min}, {"max", max}}};
}

// The faults of `items`, one after the other: fault_of(item, index, "field.index").
template <class Items, class FaultOf>
Fault first_fault(const Items& items, const std::string& field, FaultOf fault_of) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (auto fault = fault_of(items[i], i, field + "." + std::to_string(i))) return fault;
  }
  return std::nullopt;
}

Fault numbered_otherwise(int number, std::size_t index, const std::string& field) {
  const int due = static_cast<int>(index) + 1;
  return outside(number, due, due, field + ".number");
}

Fault fault_in(const Question& question, std::size_t index, const std::string& field) {
  if (auto fault = numbered_otherwise(question.number, index, field)) return fault;
  if (question.form != "open") return refused(RejectionCode::out_of_range, field + ".form");
  if (auto fault = fault_in(question.text, question_limit, field + ".text")) return fault;
  if (auto fault = more_than(question.earlier.size(), wordings_max, field + ".earlier")) {
    return fault;
  }
  if (!question.room) return std::nullopt;
  return outside(to_int(*question.room), 1, room_number_max, field + ".room");
}

Fault fault_in(const PlannedStep& step, std::size_t, const std::string& field) {
  if (!step.minutes) return std::nullopt;
  return outside(*step.minutes, 1, step_minutes_max, field + ".minutes");
}

// A cycle without questions is about its task as a whole.
Fault fault_in(const Cycle& cycle, const Task& task, const std::string& field) {
  std::set<int> named;
  for (const int question : cycle.questions) {
    if (question < 1 || question > static_cast<int>(task.questions.size())) {
      return refused(RejectionCode::unknown_question, field + ".questions");
    }
    if (!named.insert(question).second) {
      return refused(RejectionCode::exists_already, field + ".questions");
    }
  }
  if (cycle.steps.empty()) return refused(RejectionCode::missing_field, field + ".steps");
  if (auto fault = more_than(cycle.steps.size(), steps_per_cycle_max, field + ".steps")) {
    return fault;
  }
  return first_fault(cycle.steps, field + ".steps", [](const auto& step, auto i, const auto& path) {
    return fault_in(step, i, path);
  });
}

Fault fault_in_questions(const Task& task, const std::string& field) {
  if (!questions_fit(task.questions)) {
    return Rejection{RejectionCode::too_many,
                     field,
                     {{"max", static_cast<std::int64_t>(questions_per_task_max)}}};
  }
  return first_fault(task.questions, field, [](const auto& question, auto i, const auto& path) {
    return fault_in(question, i, path);
  });
}

Fault fault_in_instructions(const Task& task, const std::string& field) {
  if (auto fault = more_than(task.instructions.size(), instructions_max, field)) return fault;
  return first_fault(task.instructions, field, [](const auto& text, auto, const auto& path) {
    return fault_in(text, question_limit, path);
  });
}

Fault fault_in_cycles(const Task& task, const std::string& field) {
  if (auto fault = more_than(task.cycles.size(), cycles_per_task_max, field)) return fault;
  return first_fault(task.cycles, field, [&task](const auto& cycle, auto, const auto& path) {
    return fault_in(cycle, task, path);
  });
}

Fault fault_in(const Task& task, std::size_t index, std::size_t sittings,
               const std::string& field) {
  if (auto fault = numbered_otherwise(task.number, index, field)) return fault;
  if (task.sitting < 1 || task.sitting > static_cast<int>(sittings)) {
    return refused(RejectionCode::unknown_sitting, field + ".sitting");
  }
  if (auto fault = fault_in(task.title, title_limit, field + ".title")) return fault;
  if (auto fault = fault_in_instructions(task, field + ".instructions")) return fault;
  if (auto fault = fault_in_questions(task, field + ".questions")) return fault;
  return fault_in_cycles(task, field + ".cycles");
}

bool starts_with(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

// Only what a browser opens as a page: a javascript: link would run in the room.
Fault fault_in(const Material& material, const std::string& field) {
  if (auto fault = missing_or_too_long(material.title, title_limit, field + ".title")) return fault;
  const std::string_view url = material.url.utf8;
  if (url.size() > url_bytes_max) {
    return Rejection{RejectionCode::text_too_long,
                     field + ".url",
                     {{"over", static_cast<std::int64_t>(url.size() - url_bytes_max)},
                      {"max", static_cast<std::int64_t>(url_bytes_max)},
                      {"bytes", 1}}};
  }
  const bool opens = starts_with(url, "https://") || starts_with(url, "http://");
  const bool one_line = url.find_first_of(" \t\n") == std::string_view::npos;
  if (opens && one_line) return std::nullopt;
  return refused(RejectionCode::invalid_text, field + ".url");
}

// A sitting without a title is known by its number.
Fault fault_in(const Sitting& sitting, std::size_t index, const std::string& field) {
  if (auto fault = numbered_otherwise(sitting.number, index, field)) return fault;
  if (sitting.title.empty()) return std::nullopt;
  return fault_in(sitting.title, title_limit, field + ".title");
}

Fault wrong_counts(const Programme& programme) {
  if (programme.sittings.empty()) {
    return refused(RejectionCode::missing_field, "programme.sittings");
  }
  if (auto fault = more_than(programme.sittings.size(), sittings_max, "programme.sittings")) {
    return fault;
  }
  if (auto fault = more_than(programme.tasks.size(), tasks_max, "programme.tasks")) return fault;
  return more_than(programme.material.size(), materials_max, "programme.material");
}

}  // namespace

bool questions_fit(const std::vector<Question>& questions) {
  std::size_t common = 0;
  std::size_t most_own = 0;
  std::map<RoomNumber, std::size_t> own;
  for (const auto& question : questions) {
    if (!question.room) {
      ++common;
    } else {
      most_own = std::max(most_own, ++own[*question.room]);
    }
  }
  return common + most_own <= questions_per_task_max;
}

Fault fault_in(const Programme& programme) {
  if (auto fault = wrong_counts(programme)) return fault;
  const auto sittings = programme.sittings.size();
  auto fault = first_fault(
      programme.sittings, "programme.sittings",
      [](const auto& sitting, auto i, const auto& path) { return fault_in(sitting, i, path); });
  if (fault) return fault;
  fault = first_fault(programme.tasks, "programme.tasks",
                      [sittings](const auto& task, auto i, const auto& path) {
                        return fault_in(task, i, sittings, path);
                      });
  if (fault) return fault;
  return first_fault(
      programme.material, "programme.material",
      [](const auto& material, auto, const auto& path) { return fault_in(material, path); });
}

}  // namespace rundbord
