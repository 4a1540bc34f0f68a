// What people wrote, as documents: every word there, and none of them alive.
#include "domain/result.hpp"

#include <algorithm>

#include "oracle.hpp"
#include "protocol/result_codec.hpp"
#include "render/csv.hpp"
#include "render/outline.hpp"
#include "target.hpp"

namespace rundbord::fuzz {
namespace {

LocalText in_norwegian(std::string words) {
  return {{"nb", Text{std::move(words), 1, false}}};
}

// A workshop of one task and one room, with all its words from the input.
Result result_from(Parts& parts) {
  Result result;
  result.title = as_text(parts.next());
  result.language = "nb";
  result.state = "closed";
  Task task{1, 1, in_norwegian(as_text(parts.next())), {}, {}, {}};
  task.questions = {{1, "open", in_norwegian(as_text(parts.next())), {}, {}}};
  result.tasks = {task};
  ResultRoom room;
  room.number = RoomNumber{4};
  room.label = as_text(parts.next());
  ResultSeat seat{SeatId{}, 1, as_text(parts.next()), as_text(parts.next()), {}};
  room.seats = {seat};
  for (int n = 0; n < 6 && !parts.done(); ++n) {
    ResultNote note;
    note.text = as_text(parts.next());
    note.place = {1, n % 2 ? std::optional(1) : std::nullopt};
    note.kind = n % 3 ? NoteKind::idea : NoteKind::action;
    if (n % 2) note.seat = seat.id;
    if (n == 3) note.from = seat.organisation;
    room.notes.push_back(std::move(note));
  }
  room.summaries = {{{1, 1}, as_text(parts.next()), 2, true, false}};
  result.rooms = {room};
  return result;
}

bool begins_formula(std::string_view cell) {
  const auto first = std::min(cell.find_first_not_of(' '), cell.size());
  cell.remove_prefix(first);
  for (const std::string_view sign :
       {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"}) {
    if (cell.substr(0, sign.size()) == sign) return true;
  }
  return false;
}

// As it was written, but for the apostrophe that keeps a formula asleep.
std::string as_cell(const std::string& words) {
  return begins_formula(words) ? '\'' + words : words;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (bool more = true; more;) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    more = end < text.size();
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string_view without_blanks(std::string_view line) {
  while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
  return line;
}

// A line of Markdown as CommonMark would show it; nothing where markup in it is alive. `broken`: a
// backslash at its end is a line break.
std::optional<std::string> shown_by_markdown(std::string_view line, bool broken) {
  const auto mark = line.find_first_not_of("0123456789");
  if (!line.empty() && std::string_view(">-+=|:").find(line[0]) != std::string_view::npos)
    return {};
  if (mark > 0 && mark != std::string_view::npos && (line[mark] == '.' || line[mark] == ')')) {
    return {};
  }
  std::string shown;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size()) {
      shown += line[++i];
    } else if (line[i] == '\\') {
      if (!broken) return {};
    } else if (std::string_view("`*_[]<>&~!#").find(line[i]) != std::string_view::npos) {
      return {};
    } else {
      shown += line[i];
    }
  }
  return shown;
}

}  // namespace

RUNDBORD_FUZZ(csv, 512) {
  Parts parts(bytes);
  const auto result = result_from(parts);
  const auto rows = read_csv(render::to_csv(result));
  require(rows.has_value(), "a table is RFC 4180 with every cell quoted");
  const auto& room = result.rooms[0];
  require(rows->size() == room.notes.size() + 1, "a row for each note, and one of headings");
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const auto& cells = (*rows)[i];
    require(cells.size() == 10, "every row has every column");
    for (const auto& cell : cells) require(!begins_formula(cell), "no cell begins a formula");
    if (i == 0) continue;
    const auto& note = room.notes[i - 1];
    require(cells[6] == as_cell(note.text), "a note's words stand as they were written");
    require(cells[1] == as_cell(room.label), "and its room's name");
    require(cells[8] == as_cell(note.from.value_or("")), "and who it is from");
  }
}

RUNDBORD_FUZZ(html, 512) {
  Parts parts(bytes);
  const auto result = result_from(parts);
  const auto page = render::to_html(render::outline(result, as_text(parts.next())));
  constexpr std::string_view body = "</head>\n<body>";
  const auto body_at = page.find(body);
  require(body_at != std::string::npos, "a page has a body");
  const auto title_at = page.find("<title>") + 7;
  const auto title = std::string_view(page).substr(title_at, page.find("</title>") - title_at);
  require(shown_by_html(title) == result.title, "S5: the title is shown as it was written");
  const auto shown = shown_by_html(std::string_view(page).substr(body_at + 8));
  require(shown.has_value(), "S5: no tag in a page but ours");
  for (const auto& note : result.rooms[0].notes) {
    require(shown->find(note.text) != std::string::npos, "a note is shown as it was written");
  }
}

RUNDBORD_FUZZ(markdown, 512) {
  const auto text = as_text(bytes);
  const auto written = render::to_markdown({"nb", "", "", {render::Paragraph{text}}});
  const auto shown = lines_of(written);
  const auto meant = lines_of(text);
  for (std::size_t i = 0; i < meant.size() && i < shown.size(); ++i) {
    const auto words = without_blanks(meant[i]);
    const auto line = shown_by_markdown(shown[i], i + 1 < shown.size());
    require(line.has_value(), "S5: no markup that people wrote comes alive");
    require(*line == words, "a line is shown as it was written");
  }
  for (auto i = shown.size(); i < meant.size(); ++i) {
    require(without_blanks(meant[i]).empty(), "no line is left out");
  }
}

RUNDBORD_FUZZ(result_json, 512) {
  Parts parts(bytes);
  const auto result = result_from(parts);
  const auto plain = protocol::encode_result(result);
  const auto redacted = protocol::with_redaction(plain, 3, "ab");
  require(!protocol::is_redacted(plain), "no word makes a result look redacted");
  require(protocol::is_redacted(redacted), "a redacted one says so");
  require(protocol::without_redaction(redacted) == plain, "and holds the result as it was");
  for (const auto& json : {plain, redacted, protocol::with_checksum(plain, "cd")}) {
    const auto form = json_form(json);
    require(form.ok && !form.repeats_key, "a result is JSON without repeated keys");
  }
}

}  // namespace rundbord::fuzz
