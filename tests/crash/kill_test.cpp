// Goal: `ok` survives kill -9 (SPEC CM2, CM3, FR3, FR4): each acknowledged command is in the log
// once, at the seq that was told, repeated ones get their first seq, there is no gap, and clients
// go on.
#include <iostream>

#include "catch.hpp"
#include "crash/kill_trial.hpp"
#include "crash/log_audit.hpp"
#include "crash/seed.hpp"
#include "log/memory_log.hpp"

namespace rundbord::crash {
namespace {

constexpr std::uint64_t kills_in_all = 100;

}  // namespace

TEST_CASE("100 times kill -9 under load: nothing acknowledged is lost or doubled or moved") {
  KillPlan plan;
  plan.seed = seed_of_this_run();
  plan.kills = kills_in_all;
  std::cout << "seed " << plan.seed << std::endl;
  const auto totals = kill_under_load(plan);
  CAPTURE(plan.seed, totals.wrong);
  REQUIRE(totals.wrong.empty());
  CHECK(totals.kills == kills_in_all);
  // The trial itself: there was a load, and the kills fell into the middle of it.
  CHECK(totals.acknowledged > 5 * kills_in_all);
  CHECK(totals.kills_in_flight + totals.kills_at_start >= kills_in_all * 9 / 10);
  CHECK(totals.kills_at_start > 0);
  CHECK(totals.stored_unanswered > 0);
  CHECK(totals.asked_again > kills_in_all);
  CHECK(totals.views_compared > 0);
}

TEST_CASE("control: a server that says ok before the commit is caught by kill -9") {
  KillPlan plan;
  plan.program = RUNDBORD_EARLY_ANSWERS;
  plan.kills = 1'000;  // it ends at the first fault
  const auto totals = kill_under_load(plan);
  CAPTURE(totals.kills, totals.acknowledged);
  REQUIRE_FALSE(totals.wrong.empty());
  // Which of the two shows first hangs on where the kill falls: a command's `ok`, or the frame
  // with its note that a board already holds.
  CHECK_THAT(totals.wrong.front(), Catch::Matchers::Contains("acknowledged as") ||
                                       Catch::Matchers::Contains("board is not the log's"));
}

namespace {

log::Append note(std::uint64_t seq, const std::string& command) {
  const auto header =
      "{\"seq\":" + std::to_string(seq) + ",\"command\":\"" + command + "\",\"events\":[]}";
  return {WorkshopId{{1}}, {{seq, header, {}}}, {}};
}

void store(log::EventLog& log, const log::Append& append) {
  log.append(append, [](const log::AppendResult& result) {
    REQUIRE(std::holds_alternative<log::Appended>(result));
  });
}

}  // namespace

TEST_CASE("the audit names what is lost, moved or doubled") {
  log::MemoryLog log;
  store(log, note(1, "a"));
  store(log, note(2, "b"));
  {
    LogAudit audit;
    audit.read(log);
    audit.compare({{"a", 1}, {"b", 2}});
    CHECK(audit.wrong().empty());
  }
  {
    LogAudit audit;
    audit.read(log);
    audit.compare({{"a", 1}, {"c", 3}});
    CHECK(audit.wrong().size() == 1);
  }
  {
    LogAudit audit;
    audit.read(log);
    audit.compare({{"a", 2}});
    CHECK(audit.wrong().size() == 1);
  }
  LogAudit audit;
  audit.read(log);
  store(log, note(3, "a"));
  audit.read(log);
  CHECK(audit.wrong() == std::vector<std::string>{"command a was done twice"});
}

TEST_CASE("the audit names a last commit that became another one") {
  log::MemoryLog before;
  log::MemoryLog after;
  store(before, note(1, "a"));
  store(after, note(1, "b"));
  LogAudit audit;
  audit.read(before);
  audit.read(after);
  CHECK(audit.wrong().size() == 1);
}

}  // namespace rundbord::crash
