// Which deliberate mistake a run has built in. Set once at the start by main; one thread.
#pragma once
#include <string>
#include <vector>

namespace rundbord::sim {

// False when this program has no such mutant. No name: none of them.
bool choose_mutant(const std::string& name);

struct KnownMutant {
  std::string name;
  int seeds_max;  // it must be found within so many seeds, from 0 on
};
std::vector<KnownMutant> known_mutants();

}  // namespace rundbord::sim
