#include "crash/power_trial.hpp"

#include <memory>
#include <optional>

#include "crash/disk_vfs.hpp"
#include "crash/log_driver.hpp"
#include "process/serving.hpp"

namespace rundbord::crash {
namespace {

constexpr std::uint64_t lives_max = 12;
constexpr std::uint64_t deeds_max = 12;
// About as many calls as a life makes, and as many as opening and recovering makes.
constexpr std::uint64_t changes_of_a_life = 220;
constexpr std::uint64_t changes_of_opening = 40;

// So many syncs a life makes, more or less.
constexpr std::uint64_t syncs_of_a_life = 24;

bool fails_syncs(DiskSetting setting) {
  return setting == DiskSetting::failing_syncs ||
         setting == DiskSetting::failing_syncs_without_renewal;
}

class Trial {
 public:
  Trial(std::uint64_t seed, DiskSetting setting, const std::filesystem::path& folder)
      : random_(seed),
        disk_(random_()),
        folder_(folder),
        driver_(folder,
                setting == DiskSetting::failing_syncs_without_renewal
                    ? folder_calls_without_rename(disk_)
                    : folder_calls(disk_),
                random_, ledger_),
        fails_syncs_(fails_syncs(setting)) {
    if (setting == DiskSetting::lying_disk) disk_.ignore_syncs();
    if (fails_syncs_) disk_.forget_dirty_after_failed_sync();
  }

  // What is wrong after the lives; empty: nothing.
  std::vector<std::string> run() {
    for (auto lives = 1 + draw(random_, lives_max); lives > 0 && wrong_.empty(); --lives) {
      live();
      // Otherwise only the process was killed, or has ended.
      const bool cuts = lives == 1 || !fails_syncs_ || !disk_.is_on();
      if (cuts || draw(random_, 2) == 0) disk_.power_cycle();
    }
    if (!wrong_.empty()) return wrong_;
    const MountedDisk mounted(folder_, disk_);
    if (!driver_.open()) return {"it does not open after the last cut: " + driver_.last_error()};
    audit();
    driver_.close();
    return wrong_;
  }

  void add_to(PowerTotals& totals) const;

 private:
  void live() {
    const MountedDisk mounted(folder_, disk_);
    const bool early = draw(random_, 4) == 0;
    disk_.cut_after(draw(random_, early ? changes_of_opening : changes_of_a_life));
    if (fails_syncs_) plan_failure();
    if (driver_.open()) {
      work();
    } else if (disk_.is_on() && !failed()) {
      wrong_.push_back("it does not open after a cut: " + driver_.last_error());
    }
    if (fails_syncs_ && draw(random_, 3) == 0) disk_.hang_up();
    driver_.close();
    syncs_failed_ += failed() ? 1 : 0;
    disk_.pick_up();
    disk_.heal();
  }

  void plan_failure() {
    const auto nth = 1 + draw(random_, syncs_of_a_life);
    const bool kills = draw(random_, 2) == 0;
    disk_.fail({DiskCall::sync, nth, DiskAnswer::io_error, false, kills});
  }

  bool failed() const { return fails_syncs_ && disk_.struck() > 0; }

  // Until the power goes, or at rest.
  void work() {
    audit();
    for (auto deeds = draw(random_, deeds_max); deeds > 0 && disk_.is_on(); --deeds) {
      const bool done = draw(random_, 24) == 0 ? driver_.remove_one() : driver_.burst();
      if (done || !disk_.is_on()) continue;
      if (!failed()) wrong_.push_back("an append failed while the power was on");
      audit();
    }
  }

  void audit() {
    const auto found = failed() && disk_.is_on() ? driver_.audit_when_opened() : driver_.audit();
    if (!found && disk_.is_on()) wrong_.push_back("it cannot be read: " + driver_.last_error());
    if (!found) return;
    ++audits_;
    wrong_.insert(wrong_.end(), found->begin(), found->end());
  }

  Random random_;
  SimulatedDisk disk_;
  std::filesystem::path folder_;
  Ledger ledger_;
  LogDriver driver_;
  const bool fails_syncs_;
  std::vector<std::string> wrong_;
  std::uint64_t audits_ = 0;
  std::uint64_t syncs_failed_ = 0;
};

void Trial::add_to(PowerTotals& totals) const {
  const auto& counts = disk_.counts();
  auto& sum = totals.cuts;
  sum.cuts += counts.cuts;
  sum.sectors_kept += counts.sectors_kept;
  sum.sectors_dropped += counts.sectors_dropped;
  sum.sectors_torn += counts.sectors_torn;
  sum.sectors_garbage += counts.sectors_garbage;
  sum.sizes_changed += counts.sizes_changed;
  sum.names_changed += counts.names_changed;
  for (const auto& [place, cuts] : counts.cuts_at) sum.cuts_at[place] += cuts;
  totals.acknowledged += ledger_.acknowledged();
  totals.unanswered_found += ledger_.unanswered_found();
  totals.audits += audits_;
  totals.syncs_failed += syncs_failed_;
}

}  // namespace

PowerTotals cut_power(const PowerPlan& plan) {
  const process::TemporaryFolder folder;
  std::optional<SlippedInSynchronous> slipped;
  if (plan.setting == DiskSetting::synchronous_normal) slipped.emplace("NORMAL");
  if (plan.setting == DiskSetting::synchronous_off) slipped.emplace("OFF");
  PowerTotals totals;
  for (auto seed = plan.seed; totals.cuts.cuts < plan.cuts; ++seed) {
    const auto trial = std::make_unique<Trial>(seed, plan.setting, folder.path());
    const auto wrong = trial->run();
    trial->add_to(totals);
    ++totals.trials;
    if (!wrong.empty() && ++totals.trials_that_lost == 1) {
      totals.wrong = wrong;
      totals.losing_seed = seed;
    }
    if (plan.progress) plan.progress(totals);
    if (!wrong.empty() && plan.stops_at_loss) break;
  }
  return totals;
}

}  // namespace rundbord::crash
