// Goal: on a full disk the real server says 4002 and never a wrong `ok` (SPEC
// CM8); with room again it goes on by itself, and nothing it acknowledged is missing. How soon it
// does, `rundbord_crash full` prints.
#include <iostream>

#include "catch.hpp"
#include "crash/full_trial.hpp"
#include "crash/seed.hpp"

namespace rundbord::crash {

TEST_CASE("the disk is full under load: no wrong ok and serving again when there is room") {
  FullPlan plan;
  plan.seed = seed_of_this_run();
  const auto totals = fill_disk_under(plan);
  CAPTURE(plan.seed, totals.wrong);
  CHECK(totals.wrong.empty());
  CHECK(totals.times == plan.times);
  CHECK(totals.told_failed > 0);
  for (const auto ms : totals.first_ok_ms) {
    std::cout << "first ok " << ms << " ms after there was room" << std::endl;
  }
}

TEST_CASE("control: a server that says ok on a full disk is caught") {
  FullPlan plan;
  plan.program = RUNDBORD_EARLY_ANSWERS;
  const auto totals = fill_disk_under(plan);
  CHECK_FALSE(totals.wrong.empty());
}

}  // namespace rundbord::crash
