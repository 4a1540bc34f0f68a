// Goal: SIGTERM under load loses nothing (SPEC CM2, CN6): the server ends with 0, everybody is told
// 1012, all that was acknowledged is in the log, and people go on with the next one by themselves.
#include <iostream>

#include "catch.hpp"
#include "crash/deploy_trial.hpp"
#include "crash/seed.hpp"

namespace rundbord::crash {

TEST_CASE("SIGTERM while 500 people write: exit 0 and 1012 for all and nothing lost") {
  const auto seed = seed_of_this_run();
  const auto outcome = deploy_under(500, seed);
  std::cout << "seed " << seed << ", stopped after " << outcome.stopped_after_ms << " ms, gap "
            << outcome.gap_ms << " ms" << std::endl;
  CAPTURE(outcome.wrong);
  CHECK(outcome.wrong.empty());
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.told_to_come_back == 500);
  CHECK(outcome.acknowledged > 1500);
  // The server's own deadline is 5 s; the rest is for a machine that does other things too.
  CHECK(outcome.stopped_after_ms < 15'000);
}

TEST_CASE("control: a server that ends at once and had said ok too early is caught") {
  // What it loses hangs on whether a commit is under way when it is told to end.
  constexpr std::uint64_t times_max = 30;
  bool caught = false;
  for (std::uint64_t time = 1; time <= times_max && !caught; ++time) {
    const auto outcome = deploy_under(200, time, RUNDBORD_EARLY_ANSWERS);
    CHECK(outcome.told_to_come_back == 0);
    CHECK(outcome.exit_code != 0);
    caught = !outcome.wrong.empty();
  }
  CHECK(caught);
}

}  // namespace rundbord::crash
