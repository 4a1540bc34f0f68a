// What erasing changes in what people see, stated as events: shared by the rules that order it.
// Pure functions on the head state; inside domain/ only.
#pragma once
#include "domain/decide.hpp"
#include "domain/erased.hpp"

namespace rundbord {

// Stands where a question's words were.
inline constexpr std::string_view erased_words = "—";

// Everything about a person that can be erased: with `words`, what it wrote under its name too.
Erased all_of_person(const Workshop& head, const SeatId& seat, bool words);

// The events and name rows of erasing `what`. What does not exist, or holds no words any more, is
// left out; nothing left: no events.
Decided erase(const Workshop& head, const Erased& what);

}  // namespace rundbord
