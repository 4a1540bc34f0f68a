// What somebody is to a note, and so whether they may change it: asked by every rule that changes
// one. Pure functions on the head state; inside domain/ only.
#pragma once
#include <optional>

#include "domain/board.hpp"

namespace rundbord {

// By the key in a browser when authors are never stored; as another, with a right to any note.
enum class Claim { none, other, author, key };

struct ClaimedNote {
  const Note* note = nullptr;  // null: there is none
  Claim claim = Claim::none;
};
ClaimedNote claimed_note(const Workshop& head, const NoteId& id, const Context& context);

// There is no such note, it is not theirs to change, or it is closed to them.
Fault not_to_be_changed(const Workshop& head, const ClaimedNote& found, const Context& context);

// The author of a private note: its events go to that seat.
std::optional<SeatId> private_to(const Note& note);

// Whoever acts by a browser's key alone leaves no seat in the log.
Decided decided_by(const ClaimedNote& found, Event event);

}  // namespace rundbord
