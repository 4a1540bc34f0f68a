// The crash trials as a program, for tests/long and for replaying a seed. The last line is the
// result; the exit code is 0 only when nothing was lost.
#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "crash/deploy_trial.hpp"
#include "crash/full_trial.hpp"
#include "crash/kill_trial.hpp"
#include "crash/power_trial.hpp"

namespace rundbord::crash {
namespace {

// One line for every hundredth of the way.
class Progress {
 public:
  explicit Progress(std::uint64_t amount) : amount_(amount) {}

  void at(std::uint64_t done, const char* unit, std::uint64_t acknowledged) {
    if (done < next_) return;
    next_ = done + amount_ / 100;
    std::printf("%" PRIu64 " of %" PRIu64 " %s, %" PRIu64 " acknowledged\n", done, amount_, unit,
                acknowledged);
    std::fflush(stdout);
  }

 private:
  std::uint64_t amount_;
  std::uint64_t next_ = 0;
};

int say_wrong(const std::vector<std::string>& wrong, const char* trial, std::uint64_t seed) {
  for (const auto& sentence : wrong) std::printf("  %s\n", sentence.c_str());
  std::printf("LOST; replay: rundbord_crash %s 1 %" PRIu64 "\n", trial, seed);
  return 1;
}

int power(std::uint64_t amount, std::uint64_t seed, const std::string& setting) {
  Progress progress(amount);
  PowerPlan plan;
  plan.cuts = amount;
  plan.seed = seed;
  if (setting == "failing_syncs") plan.setting = DiskSetting::failing_syncs;
  plan.progress = [&](const PowerTotals& totals) {
    progress.at(totals.cuts.cuts, "power cuts", totals.acknowledged);
  };
  const auto totals = cut_power(plan);
  const auto& cuts = totals.cuts;
  for (const auto& [place, count] : cuts.cuts_at) {
    std::printf("  cut at %s: %" PRIu64 "\n", place.c_str(), count);
  }
  if (!totals.wrong.empty()) return say_wrong(totals.wrong, "power", totals.losing_seed);
  std::printf("%" PRIu64 " power cuts, %" PRIu64 " acknowledged appends, 0 lost, %" PRIu64
              " audits; sectors: %" PRIu64 " kept, %" PRIu64 " dropped, %" PRIu64 " torn, %" PRIu64
              " garbage\n",
              cuts.cuts, totals.acknowledged, totals.audits, cuts.sectors_kept,
              cuts.sectors_dropped, cuts.sectors_torn, cuts.sectors_garbage);
  return 0;
}

int kill(std::uint64_t amount, std::uint64_t seed, const std::string& program) {
  Progress progress(amount);
  KillPlan plan;
  plan.kills = amount;
  plan.program = program;
  plan.seed = seed;
  plan.progress = [&](std::uint64_t kills, std::uint64_t acknowledged) {
    progress.at(kills, "kills", acknowledged);
  };
  const auto totals = kill_under_load(plan);
  if (!totals.wrong.empty()) return say_wrong(totals.wrong, "kill", seed);
  std::printf("%" PRIu64 " kills (%" PRIu64 " with commands in flight, %" PRIu64
              " while starting), %" PRIu64
              " acknowledged commands, 0 lost, doubled or moved; %" PRIu64
              " were stored and not yet acknowledged, %" PRIu64
              " asked again got their first seq; listening again after %.0f ms at most\n",
              totals.kills, totals.kills_in_flight, totals.kills_at_start, totals.acknowledged,
              totals.stored_unanswered, totals.asked_again, totals.restart_ms_max);
  return 0;
}

int full(std::uint64_t times, std::uint64_t seed, const std::string& program) {
  constexpr double first_ok_ms_max = 2000;
  const auto totals = fill_disk_under({times, seed, program});
  if (!totals.wrong.empty()) return say_wrong(totals.wrong, "full", seed);
  double longest = 0;
  for (const auto ms : totals.first_ok_ms) longest = std::max(longest, ms);
  std::printf("%" PRIu64 " times full, %" PRIu64 " acknowledged, 0 lost, %" PRIu64
              " sockets told 4002; first ok %.0f ms at most after there was room\n",
              totals.times, totals.acknowledged, totals.told_failed, longest);
  return longest <= first_ok_ms_max ? 0 : 1;
}

int deploy(std::uint64_t seats, std::uint64_t seed, const std::string& program) {
  constexpr double gap_ms_max = 2000;
  const auto outcome = deploy_under(seats, seed, program);
  for (const auto& sentence : outcome.wrong) std::printf("  %s\n", sentence.c_str());
  std::printf("deploy under %" PRIu64
              " clients: gap %.0f ms from the last ok to the first; stopped "
              "after %.0f ms with code %d, listening after %.0f ms, all back after %.0f ms; "
              "%" PRIu64 " told 1012; %" PRIu64 " acknowledged, %zu wrong\n",
              outcome.seats, outcome.gap_ms, outcome.stopped_after_ms, outcome.exit_code,
              outcome.started_after_ms, outcome.all_back_after_ms, outcome.told_to_come_back,
              outcome.acknowledged, outcome.wrong.size());
  return outcome.wrong.empty() && outcome.exit_code == 0 && outcome.gap_ms <= gap_ms_max ? 0 : 1;
}

int run(int count, char** words) {
  using Trial = std::function<int(std::uint64_t, std::uint64_t, const std::string&)>;
  const std::map<std::string, Trial> trials = {
      {"power", power}, {"kill", kill}, {"deploy", deploy}, {"full", full}};
  const auto trial = count == 4 || count == 5 ? trials.find(words[1]) : trials.end();
  if (trial == trials.end()) {
    std::fprintf(stderr,
                 "usage: rundbord_crash kill|deploy|full AMOUNT SEED [PROGRAM]\n"
                 "       rundbord_crash power AMOUNT SEED [failing_syncs]\n"
                 "PROGRAM: another server than the real one, such as rundbord_early_answers\n");
    return 2;
  }
  return trial->second(std::strtoull(words[2], nullptr, 10), std::strtoull(words[3], nullptr, 10),
                       count == 5 ? words[4] : "");
}

}  // namespace
}  // namespace rundbord::crash

int main(int count, char** words) {
  return rundbord::crash::run(count, words);
}
