#include "crash/kill_trial.hpp"

#include <algorithm>
#include <chrono>
#include <unordered_set>

#include "bench/prepared.hpp"
#include "crash/log_audit.hpp"
#include "crash/persistent_crowd.hpp"
#include "process/serving.hpp"

namespace rundbord::crash {
namespace {

using Steady = std::chrono::steady_clock;
using process::Serving;
using process::TemporaryFolder;

constexpr int rooms = 4;
constexpr int seats_per_room = 2;
// Then the log is read anew from its start, and a new one begun: reading it stays quick.
constexpr std::uint64_t kills_of_a_folder = 10;
constexpr std::uint64_t load_ms_max = 200;
constexpr std::uint64_t start_ms_max = 40;

CrowdOptions crowd_options() {
  CrowdOptions options;
  options.seats = rooms * seats_per_room;
  options.in_flight = 3;
  options.wait = [](int) { return std::chrono::milliseconds(5); };
  return options;
}

// One data folder, one server that is killed, one crowd.
class House {
 public:
  House(const KillPlan& plan, std::uint64_t seed, KillTotals& totals)
      : random_(seed),
        totals_(totals),
        prepared_(bench::prepare(folder_.path(), {rooms, seats_per_room, 0})),
        server_(folder_.path(), plan.program),
        crowd_(server_.url(), prepared_, crowd_options(), random_()) {
    crowd_.open();
    crowd_.start_load();
  }

  void kill_once() {
    const auto before = crowd_.oks();
    crowd_.run_until([&] { return crowd_.oks() > before; }, "an ok after the restart");
    crowd_.run_for(Duration(draw(random_, load_ms_max)));
    totals_.kills_in_flight += crowd_.unanswered() > 0 ? 1 : 0;
    server_.kill_hard();
    ++totals_.kills;
    crowd_.run_until([&] { return crowd_.connected() == 0; }, "sockets end with the server");
    if (draw(random_, 5) == 0) kill_while_it_starts();
    start_again();
    audit();
  }

  // Everything is answered in the end; everybody sees what the log holds; and nobody was told
  // wrong.
  void finish() {
    crowd_.stop_load();
    crowd_.run_until([&] { return crowd_.unanswered() == 0; }, "every command answered");
    audit();
    for (const auto& command : stored_unanswered_) {
      totals_.stored_unanswered += crowd_.acknowledged().count(command);
    }
    compare_views();
    audit_.verify(folder_.path());
    totals_.acknowledged += crowd_.oks();
    totals_.asked_again += crowd_.asked_again();
    append_to(totals_.wrong, audit_.wrong());
    append_to(totals_.wrong, crowd_.wrong());
    crowd_.close();
  }

  bool all_well() const { return audit_.wrong().empty() && crowd_.wrong().empty(); }
  std::uint64_t acknowledged() const { return crowd_.oks(); }

 private:
  static void append_to(std::vector<std::string>& all, const std::vector<std::string>& more) {
    all.insert(all.end(), more.begin(), more.end());
  }

  void kill_while_it_starts() {
    server_.begin();
    crowd_.run_for(Duration(draw(random_, start_ms_max)));
    server_.kill_hard();
    ++totals_.kills;
    ++totals_.kills_at_start;
    crowd_.run_until([&] { return crowd_.connected() == 0; }, "sockets end with the server");
  }

  void start_again() {
    const auto since = Steady::now();
    server_.start();
    const auto took = std::chrono::duration<double, std::milli>(Steady::now() - since).count();
    totals_.restart_ms_max = std::max(totals_.restart_ms_max, took);
  }

  // The crowd stands still meanwhile: what it was told is what the killed server said.
  void audit() {
    audit_.read(folder_.path());
    audit_.compare(crowd_.acknowledged());
    for (const auto& command : crowd_.unanswered_commands()) {
      if (audit_.holds(command)) stored_unanswered_.insert(command);
    }
  }

  void compare_views() {
    for (std::size_t seat = 0; seat < crowd_.seats(); ++seat) {
      const auto& stored = audit_.notes_in(crowd_.room_of(seat));
      crowd_.run_until([&] { return crowd_.seen_by(seat).size() >= stored.size(); },
                       "a client sees the notes of its room");
      ++totals_.views_compared;
      if (crowd_.seen_by(seat) != stored) {
        totals_.wrong.push_back("a client's board is not the log's");
      }
    }
  }

  Random random_;
  KillTotals& totals_;
  TemporaryFolder folder_;
  bench::Prepared prepared_;
  Serving server_;
  PersistentCrowd crowd_;
  LogAudit audit_;
  std::unordered_set<std::string> stored_unanswered_;
};

}  // namespace

KillTotals kill_under_load(const KillPlan& plan) {
  KillTotals totals;
  Random seeds(plan.seed);
  while (totals.kills < plan.kills && (totals.wrong.empty() || !plan.stops_at_wrong)) {
    House house(plan, seeds(), totals);
    const auto until = std::min(plan.kills, totals.kills + kills_of_a_folder);
    while (totals.kills < until && house.all_well()) {
      house.kill_once();
      if (plan.progress) plan.progress(totals.kills, totals.acknowledged + house.acknowledged());
    }
    house.finish();
  }
  return totals;
}

}  // namespace rundbord::crash
