// P5: sockets that do nothing but say that they are alive.
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <vector>

#include "benches.hpp"
#include "crowd.hpp"
#include "goal.hpp"

namespace rundbord::bench {
namespace {

constexpr std::size_t sockets = 16'000;
constexpr Duration watched = std::chrono::seconds(15);
constexpr int rounds_max = 3;  // each takes half a minute

struct Idle {
  double bytes_each = 0;
  double cpu_percent = 0;
  std::size_t errors = 0;
};

Idle idle(const ContenderKind& kind) {
  // People in rooms of 8, so that each socket follows a room as in the hall.
  const Contender contender(kind, {2'000, 8, 0});
  auto client = contender.client();
  Crowd crowd(client, contender);
  crowd.open(1);  // the workshop is in memory from here on
  const auto before = resident_bytes(contender.pid());
  Crowd many(client, contender);
  many.open(sockets);
  const auto after = resident_bytes(contender.pid());
  const auto cpu = cpu_seconds(contender.pid());
  client.pause(watched);  // in which every socket pings once
  const auto used = cpu_seconds(contender.pid()) - cpu;
  return {static_cast<double>(after - before) / sockets,
          100 * used / std::chrono::duration<double>(watched).count(), many.errors()};
}

void allow_files() {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = std::min<rlim_t>(files.rlim_max, 2 * sockets);
  ::setrlimit(RLIMIT_NOFILE, &files);
  if (files.rlim_cur < sockets + 500) {
    throw std::runtime_error("this bench needs `ulimit -Hn` of at least 16,500");
  }
}

}  // namespace

void bench_idle() {
  allow_files();
  const ContenderKind ws{"ws", {"ws.mjs"}};
  std::vector<double> ratios, cpu;
  for (int round = 0; round < std::min(rounds, rounds_max); ++round) {
    const auto our = idle(planted_fault ? ws : ours);
    const auto their = idle(ws);
    std::printf(
        "P5 %zu idle sockets: ours %.1f kB each, %.1f %% of a core, %zu errors;"
        " ws %.1f kB each, %.1f %%, %zu errors\n",
        sockets, our.bytes_each / 1e3, our.cpu_percent, our.errors, their.bytes_each / 1e3,
        their.cpu_percent, their.errors);
    std::fflush(stdout);
    ratios.push_back(our.bytes_each / their.bytes_each);
    cpu.push_back(our.cpu_percent);
  }
  std::printf("memory per socket, ours / ws: %.2f; %s\n", median(ratios),
              verdict({Goal::at_most, 0.5}, median(ratios)).c_str());
  std::printf("CPU: %.1f %% of a core; %s\n", median(cpu),
              verdict({Goal::at_most, 5, " %"}, median(cpu)).c_str());
}

}  // namespace rundbord::bench
