// A disk that becomes full under a real server while people write, and has room again: no wrong
// `ok`, and how long it takes until the first right one. A function of its caller; one thread.
// Mounts a small tmpfs for this process.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace rundbord::crash {

struct FullPlan {
  std::uint64_t times = 3;
  std::uint64_t seed = 1;
  std::string program;  // empty: the real binary
};

struct FullTotals {
  std::uint64_t times = 0;
  std::uint64_t acknowledged = 0;
  std::uint64_t told_failed = 0;    // sockets closed with 4002
  std::vector<double> first_ok_ms;  // from room being made to the next ok
  std::vector<std::string> wrong;   // empty: nothing lost, doubled, reordered; no gap
};

FullTotals fill_disk_under(const FullPlan& plan);

}  // namespace rundbord::crash
