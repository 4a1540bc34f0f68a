// When notes written in a silent step become the room's: at their author's turn, and all that are
// left when the lap is over, when another kind of step starts or when the steps end. Pure functions
// over the state: any thread that owns it.
#pragma once
#include <optional>

#include "domain/workshop.hpp"

namespace rundbord {

// The room's private notes in the board's order, only `author`'s if one is named; nothing when
// there are none. Deleted notes stay private.
std::optional<Event> reveal_notes(const Workshop& workshop, RoomNumber room,
                                  const std::optional<SeatId>& author = std::nullopt);

// What the room sees from now on when its step becomes `step` (nothing: no step).
std::optional<Event> reveal_for(const Workshop& workshop, RoomNumber room,
                                const std::optional<RoomStep>& step);

}  // namespace rundbord
