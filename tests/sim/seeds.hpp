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
    Regression{54, "on a slow disk a commit waits for those in its frame"},
    Regression{58, "an erased message to everybody stayed on the console"},
    Regression{88, "nothing to do, at a time of a clock that was set"},
    Regression{511, "an earlier wording of an erased question stayed in views"},
    Regression{3727, "a seat that came back was not told on its own channel"},
    Regression{7649, "a command that was refused was done when it was repeated"},
};

}  // namespace rundbord::sim
