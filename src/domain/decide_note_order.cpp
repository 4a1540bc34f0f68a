// Rules of where notes stand: moving them, and bringing deleted ones back to where they stood.
#include <algorithm>

#include "domain/note_claim.hpp"
#include "domain/rules.hpp"

namespace rundbord {
namespace {

using Column = std::vector<NoteId>;

const Column& column_at(const Workshop& head, RoomNumber room, const Place& place) {
  static const Column none;
  const auto& columns = head.rooms.at(room).columns;
  const auto found = columns.find(place);
  return found == columns.end() ? none : found->second;
}

// Those who see `note` see `other` too, so that `other` can tell them where `note` stands.
bool is_seen_with(const Note& note, const Note& other) {
  return !other.deleted && (!other.is_private || (note.is_private && other.author == note.author));
}

// The next note down the column from `from` on that is seen by those who see `note`.
std::optional<NoteId> next_seen(const Workshop& head, const Note& note, Column::const_iterator from,
                                const Column& column) {
  const auto next = std::find_if(from, column.end(), [&](const NoteId& id) {
    const auto* other = find_note(head, id);
    return id != note.id && other && is_seen_with(note, *other);
  });
  if (next == column.end()) return std::nullopt;
  return *next;
}

// Shown to all at once when the room has no silence to keep any more; in a lap at its author's
// turn.
bool is_shown_at_once(const Room& room) {
  return !room.step || (room.step->kind != StepKind::silent && room.step->kind != StepKind::lap);
}

}  // namespace

Decision rule(const Workshop& head, const RestoreNote& command, const Context& context) {
  const auto found = claimed_note(head, command.note, context);
  if (auto fault = not_to_be_changed(head, found, context)) return *fault;
  const auto& note = *found.note;
  if (note.text.erased) return refused(RejectionCode::unknown_note, "note");
  if (!note.deleted) return Decided{};
  const auto& column = column_at(head, note.room, note.place);
  const auto stood = std::find(column.begin(), column.end(), note.id);
  auto decided = decided_by(found, NoteRestored{note.id, note.room, note.place, private_to(note),
                                                next_seen(head, note, stood, column)});
  if (note.is_private && is_shown_at_once(head.rooms.at(note.room))) {
    decided.events.push_back(NotesRevealed{note.room, {{note.id, note.place}}});
  }
  return decided;
}

namespace {

// Where the note is to stand: before that one, if it can be seen in the column it goes to.
std::optional<NoteId> place_before(const Workshop& head, const Note& note,
                                   const MoveNote& command) {
  if (!command.before || *command.before == note.id) return std::nullopt;
  const auto* before = find_note(head, *command.before);
  const bool stands_there = before && before->room == note.room && before->place == command.to;
  if (!stands_there || !is_seen_with(note, *before)) return std::nullopt;
  return *command.before;
}

// It stands there already, as far as those who see it can tell.
bool stands_there(const Workshop& head, const Note& note, const MoveNote& command,
                  const std::optional<NoteId>& before) {
  if (note.place != command.to) return false;
  if (command.before == note.id) return true;
  const auto& column = column_at(head, note.room, note.place);
  const auto stands = std::find(column.begin(), column.end(), note.id);
  return next_seen(head, note, stands, column) == before;
}

}  // namespace

Decision rule(const Workshop& head, const MoveNote& command, const Context& context) {
  const auto found = claimed_note(head, command.note, context);
  if (auto fault = not_to_be_changed(head, found, context)) return *fault;
  const auto& note = *found.note;
  if (note.deleted) return refused(RejectionCode::unknown_note, "note");
  if (auto fault = unknown_place(head.programme, note.room, command.to, "to")) return *fault;
  if (auto fault = closed_to(head, note.room, command.to, context)) return *fault;
  const auto before = place_before(head, note, command);
  if (stands_there(head, note, command, before)) return Decided{};
  return decided_by(
      found, NoteMoved{note.id, note.room, note.place, command.to, private_to(note), before});
}

}  // namespace rundbord
