// Measures the server binary as its users feel it, beside peers from npm in the same run. Prints
// figures, decides nothing; run by tests/bench/run.
#include <cstdio>
#include <cstring>
#include <iostream>
#include <string>

#include "benches.hpp"
#include "goal.hpp"
#include "storm.hpp"

namespace rundbord::bench {
namespace {

struct Bench {
  const char* name;
  const char* about;
  void (*run)();
  bool peers;  // measured beside tests/bench/peers
};

// A new bench is one line here.
constexpr Bench benches[] = {
    {"rooms", "P1: 50 rooms x 8, 2,500 notes/s, durable", bench_rooms, true},
    {"closed", "P2: as many notes as 400 people can write, durable", bench_closed, true},
    {"frames", "P3: 50 rooms x 8, 8,000 notes/s", bench_frames, true},
    {"plenary", "P4: 1,000 people on one channel, 150 and 1,000 notes/s", bench_plenary, true},
    {"idle", "P5: 16,000 idle sockets: memory of each, CPU", bench_idle, true},
    {"history", "P6: server CPU per commit after 1,000 and after 100,000 commits", bench_history,
     false},
    {"join", "P6: server CPU per join beside 1,000 and beside 100,000 notes", bench_join, false},
    {"start", "R6: 100,000 commits: how long until the first ok", bench_start, false},
    {"storm", "R7: 2,000 clients reconnect at once while 500 write", bench_storm, false},
    {"loop", "R7: 2,000 broken clients reconnect in a loop beside 500 healthy ones", bench_loop,
     false},
    {"hostile", "S6: slow, silent, flooding and bombing clients beside 400 healthy ones",
     bench_hostile, false},
    {"large", "3,000 rooms of 2 in one workshop: 600 notes/s, and the organiser's view of them",
     bench_large, false},
};

const Bench* find(const char* name) {
  for (const auto& bench : benches) {
    if (std::strcmp(bench.name, name) == 0) return &bench;
  }
  return nullptr;
}

void list() {
  for (const auto& bench : benches) {
    std::printf("  %-9s %s%s\n", bench.name, bench.about, bench.peers ? " [peers]" : "");
  }
}

int run(int count, char** names) {
  for (int i = 1; i < count; ++i) {
    if (std::strcmp(names[i], "--list") == 0) return list(), 0;
    if (std::strcmp(names[i], "--planted-fault") == 0) {
      planted_fault = true;
      continue;
    }
    if (std::strcmp(names[i], "--once") == 0) {
      rounds = 1;
      continue;
    }
    const auto* bench = find(names[i]);
    if (!bench) return std::cerr << "no bench is named " << names[i] << '\n', 2;
    bench->run();
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace
}  // namespace rundbord::bench

int main(int count, char** names) {
  return rundbord::bench::run(count, names);
}
