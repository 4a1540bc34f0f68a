// Goal R7: 2,000 clients come back at once, with nothing and with much missed, while others write;
// and 2,000 broken clients in a reconnect loop beside 500 healthy ones.
#include "storm.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <numeric>

#include "contender.hpp"
#include "goal.hpp"
#include "process/serving.hpp"
#include "returning.hpp"
#include "steady_writers.hpp"

namespace rundbord::bench {
namespace {

using process::TemporaryFolder;

constexpr std::size_t returning_seats = 2'000;
constexpr std::size_t healthy_seats = 500;
constexpr Duration each_note{4};

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

void come_back(Returning& crowd, SteadyWriters& others, const char* what, Duration goal) {
  others.felt();
  const auto snapshots = crowd.snapshots();
  crowd.open_all(0);
  const auto felt = others.felt();
  const auto live = latencies_of(crowd.live_ms());
  std::printf(
      "  %s: all %zu live after %.0f ms (half after %.0f ms), %zu by a snapshot, %zu tried again; "
      "%s\n    others' ok p50 %.0f ms, p99 %.0f ms of %zu, %zu errors; %s\n",
      what, crowd.live(), live.max_ms, live.p50_ms, crowd.snapshots() - snapshots, crowd.errors(),
      verdict({Goal::at_most, static_cast<double>(goal.count()), " ms"}, live.max_ms).c_str(),
      felt.ok.p50_ms, felt.ok.p99_ms, felt.oks, felt.errors,
      verdict({Goal::at_most, 250, " ms"}, felt.ok.p99_ms).c_str());
}

void come_back_to_rings(const Contender& server) {
  auto client = server.client();
  Returning storm(client, server.prepared(), seats_from(healthy_seats, returning_seats));
  storm.open_all(50);
  SteadyWriters others(server, healthy_seats, each_note);
  storm.cut_all();
  come_back(storm, others, "nothing missed", std::chrono::seconds(1));
  storm.cut_all();
  for (std::size_t written = 0; written < 2'000; written += others.felt().oks) {
    client.pause(Duration(20));
  }
  come_back(storm, others, "20 notes missed in each room", std::chrono::seconds(2));
}

// After a restart there is no ring: everybody gets a snapshot.
void come_back_after_restart(const Contender& server) {
  auto client = server.client();
  SteadyWriters others(server, healthy_seats, each_note);
  Returning storm(client, server.prepared(), seats_from(healthy_seats, returning_seats));
  come_back(storm, others, "everything by snapshot", std::chrono::seconds(2));
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
  SteadyWriters healthy(server, healthy_seats, each_note);
  const auto measure = [&](const char* what, Duration length) {
    healthy.felt();
    const auto cpu = cpu_seconds(server.pid());
    const auto start = Steady::now();
    client.pause(length);
    const std::chrono::duration<double> seconds = Steady::now() - start;
    const auto felt = healthy.felt();
    std::printf("  %s: ok p50 %.1f ms, p99 %.0f ms of %zu; server CPU %.0f %% of a core; %s\n",
                what, felt.ok.p50_ms, felt.ok.p99_ms, felt.oks,
                100 * (cpu_seconds(server.pid()) - cpu) / seconds.count(),
                verdict({Goal::at_most, 250, " ms"}, felt.ok.p99_ms).c_str());
    return seconds.count();
  };
  std::printf("loop: 500 healthy clients write 250 notes/s\n");
  measure("alone", std::chrono::seconds(10));
  Returning broken(client, prepared, seats_from(healthy_seats, returning_seats));
  broken.loop(std::chrono::milliseconds(500));
  measure("while 2,000 begin to reconnect in a loop", std::chrono::seconds(10));
  measure("next ten seconds", std::chrono::seconds(10));
  const auto attempts = broken.attempts(), opened = broken.opened();
  const auto seconds = measure("and from then on", std::chrono::seconds(20));
  std::printf("    %.0f attempts/s, of which %.0f/s let in\n",
              static_cast<double>(broken.attempts() - attempts) / seconds,
              static_cast<double>(broken.opened() - opened) / seconds);
  broken.end_loop();
  std::printf("  healthy clients' errors: %zu\n", healthy.felt().errors);
}

}  // namespace rundbord::bench
