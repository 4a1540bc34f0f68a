// Goal: a disk that is full or broken never turns into a wrong `ok` (SPEC CM8, CM4): whichever call
// fails, what was acknowledged is there, the rest is whole or not there, and the log goes on.
#include <iostream>

#include "catch.hpp"
#include "crash/fault_trial.hpp"

namespace rundbord::crash {
namespace {

void require_that_nothing_is_lost(const FaultPlan& plan) {
  const auto totals = fail_each_call(plan);
  CAPTURE(name_of(plan.call), plan.stays, totals.wrong);
  std::cout << name_of(plan.call) << (plan.answer == DiskAnswer::full ? " full" : " error")
            << (plan.kills   ? " and killed"
                : plan.stays ? " until healed"
                             : " once")
            << ": " << totals.struck << " calls failed, " << totals.refused << " appends refused, "
            << totals.acknowledged << " acknowledged" << std::endl;
  CHECK(totals.wrong.empty());
  CHECK(totals.struck > 0);
  CHECK(totals.acknowledged > totals.struck);
}

}  // namespace

TEST_CASE("I/O error at each call of each kind: once and until healed") {
  for (const auto call : {DiskCall::open, DiskCall::create, DiskCall::read, DiskCall::write,
                          DiskCall::sync, DiskCall::truncate, DiskCall::remove, DiskCall::size,
                          DiskCall::access, DiskCall::shared_memory, DiskCall::lock}) {
    for (const bool stays : {false, true}) {
      require_that_nothing_is_lost({call, DiskAnswer::io_error, stays, false});
    }
  }
}

TEST_CASE("disk full at each call that needs room: the answer says so") {
  for (const auto call :
       {DiskCall::create, DiskCall::write, DiskCall::sync, DiskCall::shared_memory}) {
    require_that_nothing_is_lost({call, DiskAnswer::full, false, false});
    const auto totals = fail_each_call({call, DiskAnswer::full, true, false});
    CAPTURE(name_of(call), totals.wrong);
    CHECK(totals.wrong.empty());
    CHECK(totals.struck > 0);
    CHECK(totals.errors.count("io_error") == 0);
    CHECK(totals.errors.count("opening: io_error") == 0);
  }
}

// An operator who is told of damage restores a backup, and loses what came after it.
TEST_CASE(
    "verify says of a page that cannot be read that it cannot be read and not that it is damaged") {
  for (const bool stays : {false, true}) {
    const auto totals = verify_with_each_read_failing(stays);
    CAPTURE(stays, totals.wrong, totals.struck);
    CHECK(totals.wrong.empty());
    CHECK(totals.io_errors > 0);
    CHECK(totals.struck > 20);
  }
}

TEST_CASE("killed in each call that changes the disk: the next start goes on") {
  for (const auto call : {DiskCall::create, DiskCall::write, DiskCall::sync, DiskCall::truncate,
                          DiskCall::remove, DiskCall::rename}) {
    FaultPlan plan;
    plan.call = call;
    plan.kills = true;
    require_that_nothing_is_lost(plan);
  }
}

// What Linux does with pages whose write-back failed. That it would be seen, the control in
// power_test.cpp shows.
TEST_CASE("a failed sync that leaves its pages believed clean loses nothing when the power goes") {
  for (const bool stays : {false, true}) {
    require_that_nothing_is_lost({DiskCall::sync, DiskAnswer::io_error, stays, true});
  }
  FaultPlan killed{DiskCall::sync, DiskAnswer::io_error, false, true};
  killed.kills = true;
  require_that_nothing_is_lost(killed);
}

}  // namespace rundbord::crash
