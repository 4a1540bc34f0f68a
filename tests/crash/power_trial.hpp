// Power cuts: one log on one simulated disk lives several times, each life ending in a cut at a
// random call; what was acknowledged must be there in the next. Functions of their caller; one
// thread, beside the log's own.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "crash/simulated_disk.hpp"

namespace rundbord::crash {

// Under these it is the log as it is, and loses nothing: `production`, and `failing_syncs`, where
// some fail, leave pages believed clean, and processes are killed between the cuts. Under the
// others it must lose, as the proof that a loss would be seen.
enum class DiskSetting {
  production,
  failing_syncs,
  synchronous_normal,
  synchronous_off,
  lying_disk,
  failing_syncs_without_renewal,
};

struct PowerTotals {
  std::uint64_t acknowledged = 0;
  std::uint64_t unanswered_found = 0;
  std::uint64_t audits = 0;
  std::uint64_t syncs_failed = 0;
  std::uint64_t trials = 0;
  std::uint64_t trials_that_lost = 0;
  CutCounts cuts;
  // Of the first trial that lost: what was wrong. Empty: nothing was lost.
  std::vector<std::string> wrong;
  std::uint64_t losing_seed = 0;
};

struct PowerPlan {
  std::uint64_t seed = 1;
  std::uint64_t cuts = 1000;
  DiskSetting setting = DiskSetting::production;
  bool stops_at_loss = true;
  std::function<void(const PowerTotals&)> progress;  // after each trial
};

// A trial's seed is the plan's seed and its number, so that it replays alone.
PowerTotals cut_power(const PowerPlan& plan);

}  // namespace rundbord::crash
