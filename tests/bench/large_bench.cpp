// A workshop of 3,000 rooms: what its people and its organiser feel.
#include <cstdio>

#include "benches.hpp"
#include "crowd.hpp"
#include "writers.hpp"

namespace rundbord::bench {

void bench_large() {
  constexpr int rooms = 3'000, seats_per_room = 2;
  constexpr std::size_t seats = rooms * seats_per_room;
  const Contender contender(ours, {rooms, seats_per_room, 60'000});
  auto client = contender.client();
  Crowd crowd(client, contender);
  crowd.sample_every(seats);
  const auto opening = Steady::now();
  const auto cpu = cpu_seconds(contender.pid());
  crowd.open(seats);
  const std::chrono::duration<double> opened = Steady::now() - opening;
  std::printf(
      "3,000 rooms: %zu people are in after %.1f s, CPU of the server %.0f us each; %.0f MB\n",
      seats, opened.count(), 1e6 * (cpu_seconds(contender.pid()) - cpu) / seats,
      static_cast<double>(resident_bytes(contender.pid())) / 1e6);
  Writers writers(client, crowd, seats, Duration(2));
  writers.start();
  const auto measure = [&](const char* what) {
    const auto before = crowd.ok_ms().size();
    const auto used = cpu_seconds(contender.pid());
    client.pause(std::chrono::seconds(8));
    const auto ok = oks_since(crowd, before);
    std::printf("  500 notes/s%s: ok p50 %.1f ms, p99 %.1f ms; server CPU %.0f %% of a core\n",
                what, ok.p50_ms, ok.p99_ms, 100 * (cpu_seconds(contender.pid()) - used) / 8);
  };
  measure("");
  const auto asking = Steady::now();
  Crowd organiser(client, contender);
  organiser.open_console();
  const std::chrono::duration<double, std::milli> shown = Steady::now() - asking;
  std::printf("  the organiser sees all rooms after %.0f ms\n", shown.count());
  measure(", with the organiser's view open");
  writers.stop();
  std::printf("  errors: %zu\n", crowd.errors() + organiser.errors());
}

}  // namespace rundbord::bench
