// One simulated workshop from its creation to rest: server, disk, network, people, and those who
// judge. Made anew for every run; one thread.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "client.hpp"
#include "plan.hpp"
#include "watch.hpp"

namespace rundbord::sim {

struct Verdict {
  std::string broken;  // a sentence; empty: everything held
  std::vector<std::string> story;
  Duration simulated{};
  std::uint64_t commits = 0;
};

class World {
 public:
  World(const Plan& plan, bool tells);
  Verdict run();

 private:
  void create_workshop();
  void add_people();
  void plan_acts();
  void plan_misfortunes();
  void befall(Misfortune what);
  void set_clock();
  Client& anybody();
  // Until the condition holds or the time has come; false when it never did.
  bool pass(Duration at_most, const std::function<bool()>& until);
  void pass(Duration time);
  void watch_for_delays();

  // At rest.
  void come_to_rest();
  bool settled() const;
  std::string unsettled() const;
  void compare_views();
  void forget_older_messages(json& truth, const json& view) const;
  void compare_states();
  void compare_snapshots();
  void compare_ledger();

  Plan plan_;
  Dice dice_;
  Scheduler scheduler_;
  Wall wall_{scheduler_};
  Judge judge_;
  WorkshopId workshop_;
  Ledger ledger_;
  Truth truth_;
  Watch watch_;
  Disk disk_;
  Server server_;
  NetworkWeather weather_;
  Acts acts_;
  Connection::Parts parts_;
  std::vector<std::unique_ptr<Client>> clients_;
};

Verdict run_plan(const Plan& plan, bool tells);

}  // namespace rundbord::sim
