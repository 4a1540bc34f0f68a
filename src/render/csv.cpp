#include "render/csv.hpp"

#include <cstdio>
#include <map>
#include <string_view>
#include <vector>

#include "render/words.hpp"

namespace rundbord::render {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Spreadsheets skip leading spaces before they look for a formula, so we do too; the full-width
// forms of = + - @ start one in some of them.
bool may_start_formula(std::string_view cell) {
  const auto first = cell.find_first_not_of(' ');
  if (first == std::string_view::npos) return false;
  const auto rest = cell.substr(first);
  if (std::string_view("=+-@\t\n\r").find(rest[0]) != std::string_view::npos) return true;
  for (const std::string_view wide : {"＝", "＋", "－", "＠"}) {
    if (rest.substr(0, wide.size()) == wide) return true;
  }
  return false;
}

std::string quoted_cell(std::string_view cell) {
  std::string out = "\"";
  if (may_start_formula(cell)) out += '\'';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string row(const std::vector<std::string>& cells) {
  std::string out;
  for (const auto& cell : cells) {
    if (!out.empty()) out += ',';
    out += quoted_cell(cell);
  }
  return out + "\r\n";
}

std::string number(const std::optional<int>& value) {
  return value ? std::to_string(*value) : std::string();
}

std::string minute_of(Time time) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{days};
  const std::chrono::hh_mm_ss clock{time - days};
  char text[24];
  std::snprintf(text, sizeof text, "%02u.%02u.%04d %02d:%02d", static_cast<unsigned>(date.day()),
                static_cast<unsigned>(date.month()), static_cast<int>(date.year()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()));
  return text;
}

class CsvWriter {
 public:
  explicit CsvWriter(const Result& result) : result_(result), words_(words(result.language)) {
    for (const auto& task : result.tasks) {
      for (const auto& question : task.questions) {
        questions_[{task.number, question.number}] = words_in(question.text, result.language);
      }
    }
  }

  std::string write() {
    std::string out(byte_order_mark);
    out += row({words_.column_room, words_.column_room_name, words_.column_task,
                words_.column_question, words_.column_question_text, words_.column_kind,
                words_.column_text, words_.column_author, words_.column_from, words_.column_at});
    for (const auto& room : result_.rooms) {
      for (const auto& note : room.notes) out += note_row(room, note);
    }
    return out;
  }

 private:
  std::string note_row(const ResultRoom& room, const ResultNote& note) const {
    const auto question = questions_.find(note.place);
    return row({std::to_string(to_int(room.number)), room.label, number(note.place.task),
                number(note.place.question),
                question == questions_.end() ? words_.not_assigned : question->second,
                note.kind == NoteKind::action ? words_.kind_action : words_.kind_idea, note.text,
                author(room, note), note.from.value_or(""), minute_of(note.at)});
  }

  std::string author(const ResultRoom& room, const ResultNote& note) const {
    for (const auto& seat : room.seats) {
      if (note.seat != seat.id) continue;
      if (seat.name && !seat.name->empty()) return *seat.name;
      return words_.seat + ' ' + std::to_string(seat.number);
    }
    return {};
  }

  const Result& result_;
  const Words& words_;
  std::map<Place, std::string> questions_;
};

}  // namespace

std::string to_csv(const Result& result) {
  return CsvWriter(result).write();
}

}  // namespace rundbord::render
