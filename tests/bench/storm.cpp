// Goal R7: 2,000 clients come back at once, with nothing and with much missed, while others write;
// and 2,000 broken clients in a reconnect loop beside 500 healthy ones.
#include "storm.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <numeric>

#include "contender.hpp"
#include "crowd.hpp"
#include "goal.hpp"
#include "process/serving.hpp"
#include "returning.hpp"
#include "writers.hpp"

namespace rundbord::bench {
namespace {

using process::TemporaryFolder;

constexpr std::size_t returning_seats = 2'000;

std::vector<std::size_t> seats_from(std::size_t first, std::size_t count) {
  std::vector<std::size_t> seats(count);
  std::iota(seats.begin(), seats.end(), first);
  return seats;
}

// A hundred rooms of 25; the first 500 seats are five of each room.
Prepared prepare_rooms(const std::filesystem::path& folder) {
  auto prepared = prepare(folder, {100, 25, 0});
  std::size_t place = 0;
  std::stable_partition(prepared.seats.begin(), prepared.seats.end(),
                        [&](const PreparedSeat&) { return place++ % 5 == 0; });
  return prepared;
}

void come_back(Returning& crowd, const Crowd& others, const char* what, Duration goal) {
  const auto before = others.ok_ms().size();
  const auto snapshots = crowd.snapshots();
  crowd.open_all(0);
  const auto live = latencies_of(crowd.live_ms());
  const auto ok = oks_since(others, before);
  std::printf(
      "  %s: all %zu live after %.0f ms (half after %.0f ms), %zu by a snapshot, %zu tried again; "
      "%s\n    others' ok p99 %.0f ms of %zu, %zu errors; %s\n",
      what, crowd.live(), live.max_ms, live.p50_ms, crowd.snapshots() - snapshots, crowd.errors(),
      verdict({Goal::at_most, static_cast<double>(goal.count()), " ms"}, live.max_ms).c_str(),
      ok.p99_ms, others.ok_ms().size() - before, others.errors(),
      verdict({Goal::at_most, 250, " ms"}, ok.p99_ms).c_str());
}

void come_back_to_rings(const Contender& server) {
  auto client = server.client();
  Crowd others(client, server);
  others.open(500);
  Returning storm(client, server.prepared(), seats_from(500, returning_seats));
  storm.open_all(50);
  Writers writers(client, others, 500, std::chrono::milliseconds(4));
  storm.cut_all();
  writers.start();
  come_back(storm, others, "nothing missed", std::chrono::seconds(1));
  storm.cut_all();
  const auto written = others.ok_ms().size();
  client.run_until([&] { return others.ok_ms().size() >= written + 2'000; });
  come_back(storm, others, "20 notes missed in each room", std::chrono::seconds(2));
  writers.stop();
}

// After a restart there is no ring: everybody gets a snapshot.
void come_back_after_restart(const Contender& server) {
  auto client = server.client();
  Crowd others(client, server);
  others.open(500);
  Returning storm(client, server.prepared(), seats_from(500, returning_seats));
  Writers writers(client, others, 500, std::chrono::milliseconds(4));
  writers.start();
  come_back(storm, others, "everything by snapshot", std::chrono::seconds(2));
  writers.stop();
}

}  // namespace

void bench_storm() {
  const TemporaryFolder folder;
  const auto prepared = prepare_rooms(folder.path());
  std::printf("storm: 2,000 of 2,500 come back at once\n");
  come_back_to_rings(Contender(folder.path(), prepared));
  come_back_after_restart(Contender(folder.path(), prepared));
}

void bench_loop() {
  const TemporaryFolder folder;
  const auto prepared = prepare_rooms(folder.path());
  const Contender server(folder.path(), prepared);
  auto client = server.client();
  Crowd healthy(client, server);
  healthy.open(500);
  Writers writers(client, healthy, 500, std::chrono::milliseconds(4));
  const auto measure = [&](const char* what, Duration length) {
    const auto before = healthy.ok_ms().size();
    const auto cpu = cpu_seconds(server.pid());
    const auto start = Steady::now();
    client.pause(length);
    const std::chrono::duration<double> seconds = Steady::now() - start;
    const auto ok = oks_since(healthy, before);
    std::printf("  %s: ok p50 %.1f ms, p99 %.0f ms of %zu; server CPU %.0f %% of a core\n", what,
                ok.p50_ms, ok.p99_ms, healthy.ok_ms().size() - before,
                100 * (cpu_seconds(server.pid()) - cpu) / seconds.count());
    return seconds.count();
  };
  std::printf("loop: 500 healthy clients write 250 notes/s\n");
  writers.start();
  measure("alone", std::chrono::seconds(10));
  Returning broken(client, prepared, seats_from(500, returning_seats));
  broken.loop(std::chrono::milliseconds(500));
  measure("while 2,000 begin to reconnect in a loop", std::chrono::seconds(10));
  measure("next ten seconds", std::chrono::seconds(10));
  const auto attempts = broken.attempts(), opened = broken.opened();
  const auto seconds = measure("and from then on", std::chrono::seconds(20));
  std::printf("    %.0f attempts/s, of which %.0f/s let in\n",
              static_cast<double>(broken.attempts() - attempts) / seconds,
              static_cast<double>(broken.opened() - opened) / seconds);
  broken.end_loop();
  writers.stop();
  std::printf("  healthy clients' errors: %zu\n", healthy.errors());
}

}  // namespace rundbord::bench
