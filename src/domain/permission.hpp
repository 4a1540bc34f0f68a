// Who may do what, beyond permitted(): the code of the refusal, and for whom a seat speaks. Inside
// domain/ only; pure functions over the state.
#pragma once
#include <optional>

#include "domain/decide.hpp"

namespace rundbord {

// Why this actor may not give this command; nothing when it may. What the command names but does
// not exist is left to the command's own rule, which answers unknown_….
std::optional<RejectionCode> refusal(const Workshop& head, const Command& command,
                                     const Actor& actor);

// Itself, a member without a device that it hosts, or one in its room whose host is gone.
bool speaks_for(const Workshop& workshop, const Seat& speaker, const Seat& seat);
// Its own right or that of a member it speaks for; or anybody's, while nobody present holds it.
bool may_use(const Workshop& workshop, const Seat& seat, Right right);

}  // namespace rundbord
