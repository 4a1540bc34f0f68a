// Folding events into state. Total: an event that was decided always applies; anything else is a
// bug and asserts. Pure.
#pragma once
#include <string>
#include <vector>

#include "domain/workshop.hpp"

namespace rundbord {

// Applies one event that happened at `at`.
void evolve(Workshop& workshop, const Event& event, Time at);

// Sentences for every invariant that does not hold; empty when all is well. For tests and
// simulation.
std::vector<std::string> broken_invariants(const Workshop& workshop);

}  // namespace rundbord
