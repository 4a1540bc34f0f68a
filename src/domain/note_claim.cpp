#include "domain/note_claim.hpp"

#include <algorithm>
#include <utility>

#include "domain/permission.hpp"

namespace rundbord {
namespace {

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

}  // namespace

ClaimedNote claimed_note(const Workshop& head, const NoteId& id, const Context& context) {
  const auto* note = find_note(head, id);
  return {note, note ? claim_of(head, *note, context) : Claim::none};
}

Fault not_to_be_changed(const Workshop& head, const ClaimedNote& found, const Context& context) {
  if (!found.note) return refused(RejectionCode::unknown_note, "note");
  if (found.claim == Claim::none) return refused(RejectionCode::forbidden, "note");
  return closed_to(head, found.note->room, found.note->place, context);
}

std::optional<SeatId> private_to(const Note& note) {
  return note.is_private ? note.author : std::nullopt;
}

Decided decided_by(const ClaimedNote& found, Event event) {
  return Decided{{std::move(event)}, {}, found.claim != Claim::key};
}

}  // namespace rundbord
