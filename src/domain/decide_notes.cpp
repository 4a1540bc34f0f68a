// Rules of notes: writing, wording, deleting and marking them.
#include "domain/board.hpp"
#include "domain/note_claim.hpp"
#include "domain/rules.hpp"

namespace rundbord {
namespace {

bool is_silent(const Room& room) {
  return room.step && room.step->kind == StepKind::silent;
}

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
  if (auto fault = unknown_source(head, command.room, command.from, command.from_organisation)) {
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

// --- changing a note
// ------------------------------------------------------------------------------

Decision rule(const Workshop& head, const EditNote& command, const Context& context) {
  const auto found = claimed_note(head, command.note, context);
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
                                      note.version + 1, command.text, found.claim == Claim::other});
}

Decision rule(const Workshop& head, const DeleteNote& command, const Context& context) {
  const auto found = claimed_note(head, command.note, context);
  if (auto fault = not_to_be_changed(head, found, context)) return *fault;
  const auto& note = *found.note;
  if (note.deleted) return Decided{};
  return decided_by(found, NoteDeleted{note.id, note.room, note.place, private_to(note)});
}

Decision rule(const Workshop& head, const MarkNote& command, const Context& context) {
  const auto found = claimed_note(head, command.note, context);
  if (auto fault = not_to_be_changed(head, found, context)) return *fault;
  const auto& note = *found.note;
  if (note.deleted) return refused(RejectionCode::unknown_note, "note");
  // Whoever is named already may have gone to another room since.
  const auto newly_named = command.from == note.from ? std::nullopt : command.from;
  if (auto fault = unknown_source(head, note.room, newly_named, command.from_organisation)) {
    return *fault;
  }
  const bool same = command.kind == note.kind && command.from == note.from &&
                    command.from_organisation == note.from_organisation;
  if (same) return Decided{};
  return decided_by(found, NoteMarked{note.id, note.room, note.place, private_to(note),
                                      command.kind, command.from, command.from_organisation});
}

}  // namespace rundbord
