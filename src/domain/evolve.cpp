#include "domain/evolve.hpp"

#include "domain/applies.hpp"

namespace rundbord {

void evolve(Workshop& workshop, const Event& event, Time at) {
  std::visit([&](const auto& happened) { apply(workshop, happened, at); }, event);
}

}  // namespace rundbord
