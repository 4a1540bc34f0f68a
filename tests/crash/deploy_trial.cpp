#include "crash/deploy_trial.hpp"

#include <algorithm>
#include <chrono>

#include "bench/prepared.hpp"
#include "crash/log_audit.hpp"
#include "crash/persistent_crowd.hpp"
#include "process/serving.hpp"

namespace rundbord::crash {
namespace {

using Steady = std::chrono::steady_clock;

constexpr int seats_per_room = 10;
constexpr int restart_code = 1012;

// web/src/link/backoff.ts: any time up to a ceiling that doubles from half a second.
CrowdOptions as_browsers(std::uint64_t seats, std::uint64_t seed) {
  CrowdOptions options;
  options.seats = seats;
  options.in_flight = 1;
  options.wait = [random = Random(seed)](int attempt) mutable {
    return Duration(1 + draw(random, 500u << std::min(attempt, 6)));
  };
  // About two notes a second and seat: far more than people write.
  options.think = [random = Random(seed + 1)]() mutable { return Duration(draw(random, 1000)); };
  return options;
}

double ms_between(Steady::time_point from, Steady::time_point to) {
  return std::chrono::duration<double, std::milli>(to - from).count();
}

void audit(DeployOutcome& outcome, const PersistentCrowd& crowd,
           const std::filesystem::path& data) {
  LogAudit audit;
  audit.read(data);
  audit.compare(crowd.acknowledged());
  audit.verify(data);
  outcome.acknowledged = crowd.oks();
  outcome.wrong.insert(outcome.wrong.end(), audit.wrong().begin(), audit.wrong().end());
  outcome.wrong.insert(outcome.wrong.end(), crowd.wrong().begin(), crowd.wrong().end());
}

}  // namespace

DeployOutcome deploy_under(std::uint64_t seats, std::uint64_t seed, const std::string& program) {
  const process::TemporaryFolder folder;
  const auto rooms = static_cast<int>((seats + seats_per_room - 1) / seats_per_room);
  const auto prepared = bench::prepare(folder.path(), {rooms, seats_per_room, 0});
  process::Serving server(folder.path(), program);
  PersistentCrowd crowd(server.url(), prepared, as_browsers(seats, seed), seed);
  DeployOutcome outcome;
  outcome.seats = seats;
  crowd.open();
  crowd.run_until([&] { return crowd.connected() == seats; }, "everybody is connected");
  crowd.start_load();
  crowd.run_until([&] { return crowd.oks() > 3 * seats; }, "everybody writes");
  crowd.forget_closed();

  const auto asked = Steady::now();
  server.ask_to_stop();
  crowd.run_until([&] { return crowd.connected() == 0; }, "everybody was told");
  outcome.exit_code = server.wait();
  const auto stopped = Steady::now();
  outcome.stopped_after_ms = ms_between(asked, stopped);
  const auto closed = crowd.closed().find(restart_code);
  outcome.told_to_come_back = closed == crowd.closed().end() ? 0 : closed->second;
  const auto last_ok = crowd.last_ok();
  const auto oks = crowd.oks();
  audit(outcome, crowd, folder.path());

  const auto starting = Steady::now();
  server.start();
  outcome.started_after_ms = ms_between(starting, Steady::now());
  crowd.run_until([&] { return crowd.oks() > oks; }, "an ok of the new server");
  // Reading the log in between is the trial's own time, not the gap's.
  outcome.gap_ms = ms_between(last_ok, crowd.last_ok()) - ms_between(stopped, starting);
  crowd.run_until([&] { return crowd.connected() == seats; }, "everybody is back");
  outcome.all_back_after_ms = ms_between(starting, Steady::now());
  crowd.stop_load();
  crowd.run_until([&] { return crowd.unanswered() == 0; }, "every command answered");
  audit(outcome, crowd, folder.path());
  crowd.close();
  return outcome;
}

}  // namespace rundbord::crash
