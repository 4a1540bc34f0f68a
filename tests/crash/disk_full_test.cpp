// Goal: on a full disk the real server says `not_stored` and 4002 and never a wrong `ok` (SPEC
// CM8); with room again it goes on by itself, within 2 s, and nothing it acknowledged is missing.
#include <chrono>
#include <iostream>

#include "bench/prepared.hpp"
#include "catch.hpp"
#include "crash/log_audit.hpp"
#include "crash/persistent_crowd.hpp"
#include "crash/small_disk.hpp"
#include "process/serving.hpp"

namespace rundbord::crash {
namespace {

using Steady = std::chrono::steady_clock;

constexpr int rooms = 4;
constexpr int seats_per_room = 2;
constexpr int times_full = 3;
constexpr int failed_code = 4002;

CrowdOptions crowd_options() {
  CrowdOptions options;
  options.seats = rooms * seats_per_room;
  options.wait = [](int) { return std::chrono::milliseconds(50); };
  return options;
}

void audit(LogAudit& audit, const PersistentCrowd& crowd, const std::filesystem::path& folder) {
  audit.read(folder);
  audit.compare(crowd.acknowledged());
  CHECK(audit.wrong().empty());
  CHECK(crowd.wrong().empty());
}

}  // namespace

TEST_CASE("the disk is full under load: no wrong ok and serving again when there is room") {
  const process::TemporaryFolder folder;
  SmallDisk disk(folder.path(), 16);
  const auto data = folder.path() / "data";
  const auto prepared = bench::prepare(data, {rooms, seats_per_room, 0});
  process::Serving server(data);
  PersistentCrowd crowd(server.url(), prepared, crowd_options(), 1);
  LogAudit found;
  crowd.open();
  crowd.start_load();
  for (int time = 0; time < times_full; ++time) {
    const auto oks = crowd.oks();
    const auto not_stored = crowd.closed().count(failed_code) ? crowd.closed().at(failed_code) : 0;
    crowd.run_until([&] { return crowd.oks() > oks + 50; }, "oks before the disk is full");
    disk.fill_up();
    crowd.run_until(
        [&] {
          return crowd.closed().count(failed_code) && crowd.closed().at(failed_code) > not_stored;
        },
        "the server says 4002");
    crowd.run_for(std::chrono::milliseconds(300));
    audit(found, crowd, data);  // it can be read while the disk is full
    const auto before = crowd.oks();
    const auto since = Steady::now();
    disk.make_room();
    crowd.run_until([&] { return crowd.oks() > before; }, "an ok when there is room");
    const auto took = std::chrono::duration<double, std::milli>(Steady::now() - since).count();
    std::cout << "first ok " << took << " ms after there was room" << std::endl;
  }
  crowd.stop_load();
  crowd.run_until([&] { return crowd.unanswered() == 0; }, "every command answered");
  audit(found, crowd, data);
  found.verify(data);
  CHECK(found.wrong().empty());
  crowd.close();
  CHECK(server.stop() == 0);
}

}  // namespace rundbord::crash
