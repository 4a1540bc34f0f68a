// Makes changes and asks whether verification finds them. Owned by the caller; one thread.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "archive/receipts.hpp"

namespace rundbord::archive::test {

struct Trial {
  std::uint64_t changes = 0;
  std::uint64_t missed = 0;
  std::string first_missed;  // which change, and where
};
// Told how many are done, now and then.
using Progress = std::function<void(std::uint64_t done)>;

// The same seed makes the same changes. Ends at the first one missed.
Trial run_trial(std::uint32_t seed, std::uint64_t amount, const LeftOut& left_out = {},
                const Progress& progress = {});

}  // namespace rundbord::archive::test
