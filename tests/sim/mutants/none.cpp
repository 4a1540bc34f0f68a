// For the program without mutants.
#include "chosen.hpp"

namespace rundbord::sim {

bool choose_mutant(const std::string& name) {
  return name.empty();
}

std::vector<KnownMutant> known_mutants() {
  return {};
}

}  // namespace rundbord::sim
