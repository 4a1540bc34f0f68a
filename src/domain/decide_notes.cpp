// Rules of the board: writing, wording, deleting, restoring, moving and marking notes.
#include <algorithm>

#include "domain/board.hpp"
#include "domain/permission.hpp"
#include "domain/rules.hpp"

namespace rundbord {
namespace {

bool is_silent(const Room& room) { return room.step && room.step->kind == StepKind::silent; }

bool never_stores_authors(const Workshop& head) {
  return head.settings.authorship == Authorship::never;
}

// A person's words may be typed by somebody else in the room; whose they are is said by `from`.
Fault unknown_source(const Workshop& head, RoomNumber room, const std::optional<SeatId>& from,
                     const Text& from_organisation) {
  if (from) {
    const auto* seat = find_seat(head, *from);
    if (!seat || seat->room != room) return refused(RejectionCode::unknown_seat, "from");
  }
  return too_long(from_organisation, organisation_limit, "from_organisation");
}

// Deleted notes count: they are kept for undo.
Fault room_is_full(const Room& room) {
  std::size_t notes = 0;
  for (const auto& [place, column] : room.columns) notes += column.size();
  if (notes < notes_per_room_max) return std::nullopt;
  return Rejection{RejectionCode::too_many, "room", {{"max", int{notes_per_room_max}}}};
}

// Where authors are never stored, a note belongs to a key in the writer's browser. A private note
// has to reach its author, so there it is not offered.
Fault cannot_belong(const Workshop& head, const Room& room, const Context& context) {
  if (by_organiser(context) || !never_stores_authors(head)) return std::nullopt;
  if (is_silent(room)) return refused(RejectionCode::step_closed);
  if (!context.author_key) return refused(RejectionCode::missing_field, "author_key");
  return std::nullopt;
}

Fault not_to_be_written(const Workshop& head, const WriteNote& command, const Context& context) {
  const auto* room = find_room(head, command.room);
  if (!room) return refused(RejectionCode::unknown_room, "room");
  if (find_note(head, command.note)) return refused(RejectionCode::exists_already, "note");
  if (auto fault = unknown_place(head.programme, command.room, command.place, "place")) {
    return fault;
  }
  if (auto fault = closed_to(head, command.room, command.place, context)) return fault;
  if (auto fault = cannot_belong(head, *room, context)) return fault;
  if (command.text.empty()) return refused(RejectionCode::empty_text, "text");
  if (auto fault = too_long(command.text, note_limit, "text")) return fault;
  if (auto fault =
          unknown_source(head, command.room, command.from, command.from_organisation)) {
    return fault;
  }
  return room_is_full(*room);
}

Note note_from(const Workshop& head, const WriteNote& command, const Context& context) {
  Note note;
  note.id = command.note;
  note.room = command.room;
  note.place = command.place;
  note.written_in = command.place;
  note.kind = command.kind;
  note.text = command.text;
  note.from = command.from;
  note.from_organisation = command.from_organisation;
  note.written = context.now;
  note.author_shown = head.settings.authorship == Authorship::shown;
  return note;
}

}  // namespace

Decision rule(const Workshop& head, const WriteNote& command, const Context& context) {
  if (auto fault = not_to_be_written(head, command, context)) return *fault;
  auto note = note_from(head, command, context);
  bool names_seat = true;
  if (const auto* seat = acting_seat(context)) {
    if (never_stores_authors(head)) {
      note.author_key = context.author_key;
      names_seat = false;
    } else {
      note.author = *seat;
      note.is_private = is_silent(head.rooms.at(command.room));
    }
  }
  return Decided{{NoteWritten{std::move(note)}}, {}, names_seat};
}

// --- changing a note ------------------------------------------------------------------------------

namespace {

// What somebody is to a note.
enum class Claim { none, other, author, key };

bool edits_any_note(const Workshop& head, const Seat& seat, RoomNumber room) {
  const auto seats = seats_in(head, room);
  return std::any_of(seats.begin(), seats.end(), [&](const Seat* holder) {
    return has_right(head, *holder, Right::edit_any_note) && speaks_for(head, seat, *holder);
  });
}

Claim claim_of_seat(const Workshop& head, const Note& note, const Seat& seat) {
  if (note.author == seat.id) return Claim::author;
  // Not even a host reads what its member, or the note-taker what anyone, keeps private.
  if (note.is_private) return Claim::none;
  const auto* author = note.author ? find_seat(head, *note.author) : nullptr;
  if (author && speaks_for(head, seat, *author)) return Claim::author;
  return edits_any_note(head, seat, note.room) ? Claim::other : Claim::none;
}

Claim claim_of(const Workshop& head, const Note& note, const Context& context) {
  if (by_organiser(context)) {
    if (note.is_private) return Claim::none;
    return note.author || note.author_key ? Claim::other : Claim::author;
  }
  if (note.author_key && note.author_key == context.author_key) return Claim::key;
  const auto* actor = acting_seat(context);
  const auto* seat = actor ? find_seat(head, *actor) : nullptr;
  return seat ? claim_of_seat(head, note, *seat) : Claim::none;
}

// The note, and by which claim it may be changed.
struct Found {
  const Note* note = nullptr;
  Claim claim = Claim::none;
};

Fault not_to_be_changed(const Workshop& head, const Found& found, const Context& context) {
  if (!found.note) return refused(RejectionCode::unknown_note, "note");
  if (found.claim == Claim::none) return refused(RejectionCode::forbidden, "note");
  return closed_to(head, found.note->room, found.note->place, context);
}

Found find_own(const Workshop& head, const NoteId& id, const Context& context) {
  const auto* note = find_note(head, id);
  return {note, note ? claim_of(head, *note, context) : Claim::none};
}

std::optional<SeatId> private_to(const Note& note) {
  return note.is_private ? note.author : std::nullopt;
}

// Whoever acts by a browser's key alone leaves no seat in the log.
Decided decided_by(const Found& found, Event event) {
  return Decided{{std::move(event)}, {}, found.claim != Claim::key};
}

}  // namespace

Decision rule(const Workshop& head, const EditNote& command, const Context& context) {
  const auto found = find_own(head, command.note, context);
  if (auto fault = not_to_be_changed(head, found, context)) return *fault;
  const auto& note = *found.note;
  if (note.deleted) return refused(RejectionCode::unknown_note, "note");
  if (command.text.empty()) return refused(RejectionCode::empty_text, "text");
  if (auto fault = too_long(command.text, note_limit, "text")) return *fault;
  if (command.text == note.text) return Decided{};
  if (command.version != note.version) {
    return Rejection{RejectionCode::stale_position, "version", {{"version", note.version}}};
  }
  return decided_by(found, NoteEdited{note.id, note.room, note.place, private_to(note),
                                      note.version + 1, command.text,
                                      found.claim == Claim::other});
}

Decision rule(const Workshop& head, const DeleteNote& command, const Context& context) {
  const auto found = find_own(head, command.note, context);
  if (auto fault = not_to_be_changed(head, found, context)) return *fault;
  const auto& note = *found.note;
  if (note.deleted) return Decided{};
  return decided_by(found, NoteDeleted{note.id, note.room, note.place, private_to(note)});
}

// --- order ----------------------------------------------------------------------------------------

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
std::optional<NoteId> next_seen(const Workshop& head, const Note& note,
                                Column::const_iterator from, const Column& column) {
  const auto next = std::find_if(from, column.end(), [&](const NoteId& id) {
    const auto* other = find_note(head, id);
    return id != note.id && other && is_seen_with(note, *other);
  });
  if (next == column.end()) return std::nullopt;
  return *next;
}

// Shown to all at once when the room has no silence to keep any more; in a lap at its author's turn.
bool is_shown_at_once(const Room& room) {
  return !room.step ||
         (room.step->kind != StepKind::silent && room.step->kind != StepKind::lap);
}

}  // namespace

Decision rule(const Workshop& head, const RestoreNote& command, const Context& context) {
  const auto found = find_own(head, command.note, context);
  if (auto fault = not_to_be_changed(head, found, context)) return *fault;
  const auto& note = *found.note;
  if (!note.deleted) return Decided{};
  const auto& column = column_at(head, note.room, note.place);
  const auto stood = std::find(column.begin(), column.end(), note.id);
  auto decided = decided_by(
      found, NoteRestored{note.id, note.room, note.place, private_to(note),
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
  const bool stands_there =
      before && before->room == note.room && before->place == command.to;
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
  const auto found = find_own(head, command.note, context);
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

Decision rule(const Workshop& head, const MarkNote& command, const Context& context) {
  const auto found = find_own(head, command.note, context);
  if (auto fault = not_to_be_changed(head, found, context)) return *fault;
  const auto& note = *found.note;
  if (note.deleted) return refused(RejectionCode::unknown_note, "note");
  // Whoever is named already may have gone to another room since.
  const auto newly_named = command.from == note.from ? std::nullopt : command.from;
  if (auto fault =
          unknown_source(head, note.room, newly_named, command.from_organisation)) {
    return *fault;
  }
  const bool same = command.kind == note.kind && command.from == note.from &&
                    command.from_organisation == note.from_organisation;
  if (same) return Decided{};
  return decided_by(found, NoteMarked{note.id, note.room, note.place, private_to(note),
                                      command.kind, command.from, command.from_organisation});
}

}  // namespace rundbord
