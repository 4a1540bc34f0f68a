// What is read of the server's process, and figures of many latencies. Functions and values of the
// benches; one thread.
#pragma once
#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <vector>

namespace rundbord::bench {

using Steady = std::chrono::steady_clock;

double cpu_seconds(pid_t process);  // user and system, all threads
std::size_t resident_bytes(pid_t process);
std::size_t open_files(pid_t process);  // sockets too

double median(std::vector<double> values);  // the middle one; of none 0

struct Latencies {
  double p50_ms = 0;
  double p99_ms = 0;
  double max_ms = 0;
};
Latencies latencies_of(std::vector<double> ms);

}  // namespace rundbord::bench
