// Goal: `ok` means on disk (SPEC FR3, CM2): whatever the power leaves of what was not synced, every
// acknowledged append is there, whole and in its place. The controls show that a loss would be
// seen.
#include <iostream>

#include "catch.hpp"
#include "crash/power_trial.hpp"
#include "crash/seed.hpp"

namespace rundbord::crash {
namespace {

constexpr std::uint64_t cuts_in_all = 20'000;

void require_that_cuts_hit(const PowerTotals& totals) {
  CHECK(totals.acknowledged > totals.cuts.cuts);
  CHECK(totals.audits > totals.cuts.cuts / 2);
  CHECK(totals.unanswered_found > 0);  // some fell between sync and answer
  CHECK(totals.cuts.sectors_kept > 0);
  CHECK(totals.cuts.sectors_dropped > 0);
  CHECK(totals.cuts.sectors_torn > 0);
  CHECK(totals.cuts.sectors_garbage > 0);
  CHECK(totals.cuts.sizes_changed > 0);
  CHECK(totals.cuts.names_changed > 0);
  for (const auto* place :
       {"create rundbord.sqlite", "write rundbord.sqlite-journal", "write rundbord.sqlite-wal",
        "sync rundbord.sqlite-wal", "write rundbord.sqlite", "sync rundbord.sqlite",
        "truncate rundbord.sqlite", "remove rundbord.sqlite-wal", "rest"}) {
    CAPTURE(place);
    CHECK(totals.cuts.cuts_at.count(place) == 1);
  }
}

}  // namespace

TEST_CASE("20000 power cuts: nothing acknowledged is lost or changed or doubled or out of order") {
  PowerPlan plan;
  plan.seed = seed_of_this_run();
  plan.cuts = cuts_in_all;
  std::cout << "seed " << plan.seed << std::endl;
  const auto totals = cut_power(plan);
  CAPTURE(totals.losing_seed, totals.wrong);
  REQUIRE(totals.trials_that_lost == 0);
  CHECK(totals.cuts.cuts >= cuts_in_all);
  require_that_cuts_hit(totals);
}

// Found what writing the write-ahead log again in place would lose.
TEST_CASE("power cuts from seed 20261128: nothing is lost") {
  PowerPlan plan;
  plan.seed = 20'261'128;
  plan.cuts = 2000;
  const auto totals = cut_power(plan);
  CAPTURE(totals.losing_seed, totals.wrong);
  CHECK(totals.trials_that_lost == 0);
}

TEST_CASE("power cuts and kills after syncs that failed: nothing acknowledged is lost") {
  PowerPlan plan;
  plan.setting = DiskSetting::failing_syncs;
  plan.seed = seed_of_this_run();
  plan.cuts = 3000;
  std::cout << "seed " << plan.seed << std::endl;
  const auto totals = cut_power(plan);
  CAPTURE(totals.losing_seed, totals.wrong);
  CHECK(totals.trials_that_lost == 0);
  CHECK(totals.syncs_failed > plan.cuts / 4);
  CHECK(totals.cuts.cuts_at.count("rename rundbord.sqlite-wal") == 1);
  CHECK(totals.cuts.cuts_at.count("sync folder") == 1);
}

TEST_CASE("control: after syncs that failed a start without renewal loses when the power goes") {
  PowerPlan plan;
  plan.setting = DiskSetting::failing_syncs_without_renewal;
  plan.seed = 1;
  plan.cuts = 3000;
  const auto totals = cut_power(plan);
  CHECK(totals.trials_that_lost == 1);
  CHECK_FALSE(totals.wrong.empty());
}

TEST_CASE("control: with synchronous NORMAL or OFF or a disk that lies about syncs cuts lose") {
  PowerPlan plan;
  plan.seed = 1;
  plan.cuts = 300;
  for (const auto setting :
       {DiskSetting::synchronous_normal, DiskSetting::synchronous_off, DiskSetting::lying_disk}) {
    plan.setting = setting;
    CAPTURE(static_cast<int>(setting));
    const auto totals = cut_power(plan);
    CHECK(totals.trials_that_lost == 1);
    CHECK_FALSE(totals.wrong.empty());
  }
}

TEST_CASE("a power trial replays from its seed") {
  PowerPlan plan;
  plan.seed = 7;
  plan.cuts = 100;
  const auto first = cut_power(plan);
  const auto second = cut_power(plan);
  CHECK(first.acknowledged == second.acknowledged);
  CHECK(first.cuts.cuts_at == second.cuts.cuts_at);
  CHECK(first.cuts.sectors_kept == second.cuts.sectors_kept);
  CHECK(first.cuts.sectors_garbage == second.cuts.sectors_garbage);
}

}  // namespace rundbord::crash
