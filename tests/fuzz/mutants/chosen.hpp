// Which deliberate mistake a run makes: none, when none is chosen. Set once at the start by main;
// one thread.
#pragma once
#include <string>

namespace rundbord::fuzz {

// False when there is no such mutant.
bool choose_mutant(const std::string& name);
// One a line: `mutant`, its name, and the target that must find it.
void list_mutants();

}  // namespace rundbord::fuzz
