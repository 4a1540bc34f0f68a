#include "crash/fault_trial.hpp"

#include <fstream>
#include <stdexcept>

#include "crash/disk_vfs.hpp"
#include "crash/log_driver.hpp"
#include "log/sqlite_log.hpp"
#include "process/serving.hpp"

namespace rundbord::crash {
namespace {

constexpr std::uint64_t script_seed = 4;
constexpr int deeds_before_reopening = 9;
constexpr int deeds_after_reopening = 4;
// A fault that stays is healed when so many deeds have failed.
constexpr int failed_deeds_max = 3;

const char* name_of(log::AppendError error) {
  switch (error) {
    case log::AppendError::wrong_seq:
      return "wrong_seq";
    case log::AppendError::disk_full:
      return "disk_full";
    case log::AppendError::io_error:
      return "io_error";
    case log::AppendError::closed:
      return "closed";
  }
  return "";
}

// The script with the fault at the n-th call.
class Run {
 public:
  Run(const FaultPlan& plan, std::uint64_t nth, const std::filesystem::path& folder,
      FaultTotals& totals)
      : totals_(totals),
        random_(script_seed),
        disk_(script_seed),
        folder_(folder),
        driver_(folder, folder_calls(disk_), random_, ledger_),
        cuts_power_(plan.forgets_dirty),
        kills_(plan.kills) {
    if (plan.forgets_dirty) disk_.forget_dirty_after_failed_sync();
    disk_.fail({plan.call, nth, plan.answer, plan.stays, plan.kills});
  }

  // Whether the fault struck.
  bool play() {
    {
      const MountedDisk mounted(folder_, disk_);
      open();
      for (int deed = 0; deed < deeds_before_reopening; ++deed) do_deed(deed);
      if (kills_) disk_.hang_up();
      driver_.close();
      disk_.pick_up();
      open();
      for (int deed = 0; deed < deeds_after_reopening; ++deed) do_deed(deed);
      struck_ = disk_.struck() > 0;
      heal();
      if (cuts_power_) disk_.cut_after(0);
      driver_.close();  // with the power off it cannot tidy up
      disk_.pick_up();
      if (cuts_power_) disk_.power_cycle();
    }
    const MountedDisk mounted(folder_, disk_);
    open();
    audit("in the end");
    driver_.close();
    totals_.acknowledged += ledger_.acknowledged();
    return struck_;
  }

 private:
  void open() {
    stale_ = true;
    if (driver_.open()) return;
    ++totals_.not_opened;
    if (disk_.is_hung_up()) return start_again();
    ++totals_.errors["opening: " + driver_.last_error()];
    heal();
    if (!driver_.open()) wrong("it does not open after the disk has healed");
  }

  void start_again() {
    driver_.close();
    disk_.pick_up();
    heal();
    open();
  }

  // An owner that knows the streams as they are; without, it appends nothing.
  bool is_informed() {
    if (!stale_) return true;
    const auto found = healed_ ? driver_.audit_when_opened() : driver_.audit();
    if (!found && healed_) wrong("it cannot be read after the disk has healed");
    if (found) take(*found, "when read again");
    stale_ = !found;
    return !stale_;
  }

  void do_deed(int deed) {
    constexpr int removing = 5;
    constexpr int reading = 3;
    if (deed == reading) stale_ = true;
    if (!is_informed()) return note_failure();
    if (deed == removing && !driver_.remove_one()) return note_failure();
    if (driver_.burst()) return;
    for (const auto error : driver_.errors()) ++totals_.errors[name_of(error)];
    totals_.refused += driver_.errors().size();
    note_failure();
  }

  // After it the disk heals in time; then the next burst must be stored.
  void note_failure() {
    stale_ = true;
    if (disk_.struck() == 0) wrong("it failed before the disk did");
    if (disk_.is_hung_up()) start_again();
    if (++failed_deeds_ == failed_deeds_max) heal();
    if (!healed_) return;
    if (is_informed() && !driver_.burst()) wrong("it does not store after the disk has healed");
  }

  void heal() {
    disk_.heal();
    healed_ = true;
  }

  void audit(const std::string& when) {
    const auto found = driver_.audit_when_opened();
    if (!found) return wrong("it cannot be read " + when);
    take(*found, when);
  }

  void take(const std::vector<std::string>& found, const std::string& when) {
    for (const auto& sentence : found) wrong(sentence + ", " + when);
  }

  void wrong(const std::string& sentence) { totals_.wrong.push_back(sentence); }

  FaultTotals& totals_;
  Random random_;
  SimulatedDisk disk_;
  std::filesystem::path folder_;
  Ledger ledger_;
  LogDriver driver_;
  const bool cuts_power_;
  const bool kills_;
  bool healed_ = false;
  bool struck_ = false;
  bool stale_ = true;
  int failed_deeds_ = 0;
};

}  // namespace

namespace {

void write_log(const std::filesystem::path& folder, SimulatedDisk& disk) {
  constexpr int bursts = 30;
  Random random(script_seed);
  Ledger ledger;
  LogDriver driver(folder, folder_calls(disk), random, ledger);
  if (!driver.open()) throw std::runtime_error("no log: " + driver.last_error());
  for (int burst = 0; burst < bursts; ++burst) driver.burst();
  driver.close();
}

}  // namespace

VerifyTotals verify_with_each_read_failing(bool stays) {
  const process::TemporaryFolder folder;
  SimulatedDisk disk(script_seed);
  const MountedDisk mounted(folder.path(), disk);
  write_log(folder.path(), disk);
  // The one call that does not go through SQLite: is there a database?
  std::ofstream(log::database_file(folder.path())).close();
  VerifyTotals totals;
  for (std::uint64_t nth = 1; totals.wrong.empty(); ++nth) {
    disk.fail({DiskCall::read, nth, DiskAnswer::io_error, stays});
    try {
      log::SqliteLog log({.folder = folder.path(), .mode = log::SqliteOptions::Mode::read});
      for (const auto& broken : log.verify()) totals.wrong.push_back(broken.place);
    } catch (const log::LogError& error) {
      ++totals.io_errors;
      if (error.code != "io_error") totals.wrong.push_back(error.sentence);
    }
    if (disk.struck() == 0) break;
    ++totals.struck;
  }
  return totals;
}

FaultTotals fail_each_call(const FaultPlan& plan) {
  const process::TemporaryFolder folder;
  FaultTotals totals;
  for (std::uint64_t nth = 1; totals.wrong.empty(); ++nth) {
    ++totals.runs;
    if (!Run(plan, nth, folder.path(), totals).play()) break;
    ++totals.struck;
  }
  if (!totals.wrong.empty()) {
    totals.wrong.push_back("at the " + std::to_string(totals.runs) + "th call of " +
                           name_of(plan.call));
  }
  return totals;
}

}  // namespace rundbord::crash
