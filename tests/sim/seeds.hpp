// Seeds that once broke a promise, by what was wrong: they are played in every run of the tests.
#pragma once
#include <array>
#include <cstdint>

namespace rundbord::sim {

struct Regression {
  std::uint64_t seed;
  const char* name;
};

inline constexpr std::array regressions = {
    Regression{0, "the first seed"},
};

}  // namespace rundbord::sim
