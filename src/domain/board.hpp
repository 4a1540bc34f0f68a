// Where a room may write, when, and who: asked by the rules of notes, texts and sign-off. Pure
// functions on the head state; inside domain/ only. A fault names the command's field.
#pragma once
#include <string>

#include "domain/checks.hpp"
#include "domain/decide.hpp"

namespace rundbord {

// The seat that acts; null when it is no seat.
const SeatId* acting_seat(const Context& context);
bool by_organiser(const Context& context);

// The programme has this task and question, and the question is not another room's own.
Fault unknown_place(const Programme& programme, RoomNumber room, const Place& place,
                    const std::string& field);

// The sitting of the place's task is closed; without a task: all sittings are.
bool is_closed(const Workshop& workshop, const Place& place);

// The room, or the place's sitting, takes nothing more from seats. The organiser may still correct.
Fault closed_to(const Workshop& workshop, RoomNumber room, const Place& place,
                const Context& context);

}  // namespace rundbord
