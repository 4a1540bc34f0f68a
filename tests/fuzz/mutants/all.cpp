// Which switch of the copied sources is turned: 0 is none of them.
#include <cstdio>

#include "chosen.hpp"
#include "list.hpp"

int rundbord_mutant = 0;

namespace rundbord::fuzz {

bool choose_mutant(const std::string& name) {
  for (std::size_t i = 0; i < mutants.size(); ++i) {
    if (mutants[i].name == name) rundbord_mutant = static_cast<int>(i) + 1;
  }
  return rundbord_mutant != 0;
}

void list_mutants() {
  for (const auto& mutant : mutants) {
    std::printf("mutant %s %s\n", std::string(mutant.name).c_str(),
                std::string(mutant.target).c_str());
  }
}

}  // namespace rundbord::fuzz
