#include "protocol/column_counts.hpp"

#include <algorithm>
#include <cstring>

namespace rundbord::protocol {
namespace {

bool same_words(const LocalText& wordings, const std::string& words) {
  return std::any_of(wordings.begin(), wordings.end(),
                     [&](const auto& entry) { return entry.second.utf8 == words; });
}

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\n");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

// "Not answered" of product.md: empty, or equal to a question or title of its task.
bool answers_nothing(const Workshop& workshop, const Note& note) {
  const auto words = trimmed(note.text.utf8);
  if (words.empty() || same_words(workshop.settings.title, words)) return true;
  return std::any_of(
      workshop.programme.tasks.begin(), workshop.programme.tasks.end(), [&](const Task& task) {
        return same_words(task.title, words) ||
               std::any_of(
                   task.questions.begin(), task.questions.end(),
                   [&](const Question& question) { return same_words(question.text, words); });
      });
}

template <class... Kinds>
bool is_one_of(const Event& event) {
  return (std::holds_alternative<Kinds>(event) || ...);
}

}  // namespace

ColumnCount count_column(const Workshop& workshop, const Room& room, const Place& place) {
  ColumnCount count;
  const auto column = room.columns.find(place);
  if (column == room.columns.end()) return count;
  for (const auto& id : column->second) {
    const auto* note = find_note(workshop, id);
    if (!note || note->deleted) continue;
    ++count.notes;
    if (answers_nothing(workshop, *note)) ++count.unanswered;
  }
  return count;
}

// Drawn at random by clients: any of its bytes will do.
std::size_t ColumnCounts::NoteIdHash::operator()(const NoteId& id) const {
  std::size_t hash = 0;
  std::memcpy(&hash, id.bytes.data(), sizeof hash);
  return hash;
}

ColumnCount ColumnCounts::after_change(const Workshop& workshop, RoomNumber room,
                                       const Place& place, const NoteId& changed) {
  const auto known = columns_.find({room, place});
  if (known == columns_.end()) {
    return columns_.emplace(std::pair(room, place), counted(workshop, room, place))
        .first->second.count;
  }
  auto& column = known->second;
  take_out(column, changed);
  const auto* note = find_note(workshop, changed);
  if (note && note->room == room && note->place == place) put_in(column, workshop, *note);
  return column.count;
}

// Listed are those that are frequent and change neither words nor notes, and those that come to
// after_change().
void ColumnCounts::forget_if_changed(const Event& event) {
  if (is_one_of<NoteWritten, NoteEdited, NoteDeleted, NoteRestored, NoteMoved, NoteMarked,
                NotesRevealed, TextChanged, SeatPresenceChanged, SeatJoined, SeatMoved, StepStarted,
                ClockChanged, LapChanged, HandRaised, HandLowered, WordGiven>(event)) {
    return;
  }
  columns_.clear();
}

ColumnCounts::Column ColumnCounts::counted(const Workshop& workshop, RoomNumber room,
                                           const Place& place) const {
  Column column;
  const auto& columns = workshop.rooms.at(room).columns;
  const auto found = columns.find(place);
  if (found == columns.end()) return column;
  for (const auto& id : found->second) {
    if (const auto* note = find_note(workshop, id)) put_in(column, workshop, *note);
  }
  return column;
}

void ColumnCounts::take_out(Column& column, const NoteId& id) {
  const auto counted = column.unanswered.find(id);
  if (counted == column.unanswered.end()) return;
  --column.count.notes;
  if (counted->second) --column.count.unanswered;
  column.unanswered.erase(counted);
}

void ColumnCounts::put_in(Column& column, const Workshop& workshop, const Note& note) {
  if (note.deleted) return;
  const bool unanswered = answers_nothing(workshop, note);
  ++column.count.notes;
  if (unanswered) ++column.count.unanswered;
  column.unanswered.emplace(note.id, unanswered);
}

}  // namespace rundbord::protocol
