// Goal: a real server whose disk fails or hangs never says a wrong `ok`, goes on by itself when the
// disk works again, and ends in time when it is asked to (SPEC CM2, CM8).
#include "crash/bad_disk.hpp"

#include <chrono>
#include <iostream>

#include "bench/prepared.hpp"
#include "catch.hpp"
#include "crash/log_audit.hpp"
#include "crash/persistent_crowd.hpp"

namespace rundbord::crash {
namespace {

constexpr int rooms = 2;
constexpr int seats_per_room = 2;
constexpr int failed_code = 4002;

CrowdOptions crowd_options() {
  CrowdOptions options;
  options.seats = rooms * seats_per_room;
  options.wait = [](int) { return std::chrono::milliseconds(300); };
  return options;
}

struct House {
  process::TemporaryFolder folder;
  bench::Prepared prepared = bench::prepare(folder.path(), {rooms, seats_per_room, 0});
  BadDisk disk{RUNDBORD_FAILING_DISK};
  process::Serving server{folder.path()};
  PersistentCrowd crowd{server.url(), prepared, crowd_options(), 1};
  LogAudit found;

  void write_some() {
    const auto oks = crowd.oks();
    crowd.run_until([&] { return crowd.oks() > oks + 50; }, "oks");
  }

  void check() {
    found.read(folder.path());
    found.compare(crowd.acknowledged());
    CHECK(found.wrong().empty());
    CHECK(crowd.wrong().empty());
  }

  void finish() {
    crowd.stop_load();
    crowd.run_until([&] { return crowd.unanswered() == 0; }, "every command answered");
    check();
    found.verify(folder.path());
    CHECK(found.wrong().empty());
    crowd.close();
    CHECK(server.stop() == 0);
  }
};

}  // namespace

TEST_CASE("syncs fail under load: 4002 and no ok, and it goes on by itself when they work") {
  House house;
  house.crowd.open();
  house.crowd.start_load();
  for (int time = 0; time < 3; ++time) {
    house.write_some();
    const auto closed =
        house.crowd.closed().count(failed_code) ? house.crowd.closed().at(failed_code) : 0;
    house.disk.fail();
    house.crowd.run_until(
        [&] {
          return house.crowd.closed().count(failed_code) &&
                 house.crowd.closed().at(failed_code) > closed && house.crowd.connected() == 0;
        },
        "the server says 4002 to all");
    // From here on: an ok from before may have stood in a socket's buffer.
    const auto oks = house.crowd.oks();
    house.crowd.run_for(std::chrono::milliseconds(700));
    CHECK(house.crowd.oks() == oks);
    house.disk.work();
  }
  house.write_some();
  house.finish();
}

TEST_CASE(
    "SIGTERM while the disk hangs: the server ends in time and nothing acknowledged is lost") {
  House house;
  house.crowd.open();
  house.crowd.start_load();
  house.write_some();
  house.disk.hang();
  house.crowd.run_for(std::chrono::milliseconds(200));
  const auto asked = std::chrono::steady_clock::now();
  house.server.ask_to_stop();
  CHECK(house.server.wait() == 1);  // it could not close its log
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - asked;
  std::cout << "ended " << took.count() << " s after SIGTERM" << std::endl;
  // Its own deadline is 5 s; the rest is for a machine that does other things too.
  CHECK(took.count() < 15);
  house.disk.work();
  house.server.start();
  house.write_some();
  house.finish();
}

}  // namespace rundbord::crash
