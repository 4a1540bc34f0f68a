#include "crash/fault_trial.hpp"

#include "crash/disk_vfs.hpp"
#include "crash/log_driver.hpp"
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
        driver_(folder, random_, ledger_) {
    if (plan.forgets_dirty) disk_.forget_dirty_after_failed_sync();
    disk_.fail({plan.call, nth, plan.answer, plan.stays});
    cuts_power_ = plan.forgets_dirty;
  }

  // Whether the fault struck.
  bool play() {
    {
      const MountedDisk mounted(folder_, disk_);
      open();
      for (int deed = 0; deed < deeds_before_reopening; ++deed) do_deed(deed);
      driver_.close();
      open();
      for (int deed = 0; deed < deeds_after_reopening; ++deed) do_deed(deed);
      struck_ = disk_.struck() > 0;
      heal();
      if (!cuts_power_) driver_.close();
      if (cuts_power_) cut_power_and_close();
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
    ++totals_.errors["opening: " + driver_.last_error()];
    heal();
    if (!driver_.open()) wrong("it does not open after the disk has healed");
  }

  // An owner that knows the streams as they are; without, it appends nothing.
  bool is_informed() {
    if (!stale_) return true;
    const auto found = driver_.audit();
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
    if (++failed_deeds_ == failed_deeds_max) heal();
    if (!healed_) return;
    if (is_informed() && !driver_.burst()) wrong("it does not store after the disk has healed");
  }

  void heal() {
    disk_.heal();
    healed_ = true;
  }

  // The power goes before SQLite can tidy up.
  void cut_power_and_close() {
    disk_.cut_after(0);
    driver_.close();
    disk_.power_cycle();
  }

  void audit(const std::string& when) {
    const auto found = driver_.audit();
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
  bool cuts_power_ = false;
  bool healed_ = false;
  bool struck_ = false;
  bool stale_ = true;
  int failed_deeds_ = 0;
};

}  // namespace

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
