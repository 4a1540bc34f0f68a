#include "crash/full_trial.hpp"

#include <chrono>

#include "bench/prepared.hpp"
#include "crash/log_audit.hpp"
#include "crash/persistent_crowd.hpp"
#include "crash/small_disk.hpp"
#include "process/serving.hpp"

namespace rundbord::crash {
namespace {

using Steady = std::chrono::steady_clock;

constexpr int rooms = 4;
constexpr int seats_per_room = 2;
constexpr std::size_t disk_mebibytes = 16;
constexpr int failed_code = 4002;
// The write-ahead log has room of its own for a while.
constexpr auto full_at_least = std::chrono::milliseconds(300);
constexpr auto full_at_most = std::chrono::seconds(20);

// As browsers, but in a loop: half a second at most.
CrowdOptions crowd_options(std::uint64_t seed) {
  CrowdOptions options;
  options.seats = rooms * seats_per_room;
  options.wait = [random = Random(seed)](int) mutable { return Duration(1 + draw(random, 500)); };
  return options;
}

class Trial {
 public:
  explicit Trial(const FullPlan& plan)
      : disk_(folder_.path(), disk_mebibytes),
        prepared_(bench::prepare(data(), {rooms, seats_per_room, 0})),
        server_(data(), plan.program),
        crowd_(server_.url(), prepared_, crowd_options(plan.seed), plan.seed) {}

  FullTotals run(std::uint64_t times) {
    crowd_.open();
    crowd_.start_load();
    for (; totals_.times < times && totals_.wrong.empty(); ++totals_.times) fill_once();
    crowd_.stop_load();
    if (totals_.wrong.empty()) finish();
    totals_.acknowledged = crowd_.oks();
    totals_.told_failed = cut();
    return totals_;
  }

 private:
  std::filesystem::path data() const { return folder_.path() / "data"; }

  std::uint64_t cut() const {
    const auto found = crowd_.closed().find(failed_code);
    return found == crowd_.closed().end() ? 0 : found->second;
  }

  void fill_once() {
    const auto oks = crowd_.oks();
    crowd_.run_until([&] { return crowd_.oks() > oks + 50; }, "oks before the disk is full");
    const auto cut_before = cut();
    disk_.fill_up();
    const auto until = Steady::now() + full_at_most;
    crowd_.run_until([&] { return cut() > cut_before || Steady::now() > until; }, "4002");
    if (cut() == cut_before) totals_.wrong.push_back("it never said that nothing is stored");
    crowd_.run_for(full_at_least);
    audit();  // it can be read while the disk is full
    const auto before = crowd_.oks();
    const auto since = Steady::now();
    disk_.make_room();
    if (!totals_.wrong.empty()) return;
    crowd_.run_until([&] { return crowd_.oks() > before; }, "an ok when there is room");
    totals_.first_ok_ms.push_back(
        std::chrono::duration<double, std::milli>(crowd_.last_ok() - since).count());
  }

  void finish() {
    crowd_.run_until([&] { return crowd_.unanswered() == 0; }, "every command answered");
    audit();
    found_.verify(data());
    take(found_.wrong());
    crowd_.close();
    if (server_.stop() != 0) totals_.wrong.push_back("it did not end with 0");
  }

  void audit() {
    found_.read(data());
    found_.compare(crowd_.acknowledged());
    take(found_.wrong());
    take(crowd_.wrong());
  }

  void take(const std::vector<std::string>& wrong) {
    totals_.wrong.insert(totals_.wrong.end(), wrong.begin(), wrong.end());
  }

  process::TemporaryFolder folder_;
  SmallDisk disk_;
  bench::Prepared prepared_;
  process::Serving server_;
  PersistentCrowd crowd_;
  LogAudit found_;
  FullTotals totals_;
};

}  // namespace

FullTotals fill_disk_under(const FullPlan& plan) {
  return Trial(plan).run(plan.times);
}

}  // namespace rundbord::crash
