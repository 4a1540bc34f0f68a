// For the program with mutants: 0 chooses none of them.
#include "chosen.hpp"
#include "list.hpp"

int rundbord_mutant = 0;

namespace rundbord::sim {

bool choose_mutant(const std::string& name) {
  rundbord_mutant = 0;
  for (std::size_t i = 0; i < mutants.size(); ++i) {
    if (mutants[i].name == name) rundbord_mutant = static_cast<int>(i) + 1;
  }
  return rundbord_mutant != 0 || name.empty();
}

std::vector<KnownMutant> known_mutants() {
  std::vector<KnownMutant> known;
  for (const auto& mutant : mutants) known.push_back({std::string(mutant.name), mutant.seeds_max});
  return known;
}

}  // namespace rundbord::sim
