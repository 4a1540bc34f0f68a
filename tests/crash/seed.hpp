// The seed of a random test: RUNDBORD_SEED when it is given, one and the same in CI (a failure
// there is to be about the change), else drawn. The test prints it.
#pragma once
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>

namespace rundbord::crash {

inline std::uint64_t seed_of_this_run() {
  if (const char* given = std::getenv("RUNDBORD_SEED")) return std::strtoull(given, nullptr, 10);
  const char* ci = std::getenv("CI");
  if (ci && std::string(ci) == "true") return 20'261'125;
  return std::random_device{}();
}

}  // namespace rundbord::crash
