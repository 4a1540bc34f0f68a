// P4: one channel that 1,000 people follow.
#include <cstdio>

#include "benches.hpp"
#include "comparison.hpp"

namespace rundbord::bench {
namespace {

const ContenderKind ws_frames{"ws, 50 ms frames", {"ws.mjs", "--frame-ms", "50"}};
const ContenderKind ws_at_once{"ws, each note at once", {"ws.mjs", "--frame-ms", "0"}};
const ContenderKind socket_io_frames{
    "Socket.IO, 50 ms frames", {"socket_io.mjs", "--frame-ms", "50"}, Dialect::socket_io};
const ContenderKind socket_io_at_once{
    "Socket.IO, each note at once", {"socket_io.mjs", "--frame-ms", "0"}, Dialect::socket_io};

void compare_at(double notes_per_second) {
  std::printf("P4 plenary of 1,000 people, %.0f notes/s from 25 rooms\n", notes_per_second);
  Comparison comparison({ours, ws_frames, ws_at_once, socket_io_frames, socket_io_at_once});
  comparison.run([&](const ContenderKind& kind) {
    return write_when_due(kind, {{25, 1, 0}, notes_per_second, 2, 1'000});
  });
  comparison.print_table();
  comparison.print_own([](const Reading& r) { return r.fan_out.p99_ms; },
                       "fan-out p99, where ws and Socket.IO fall behind",
                       {Goal::at_most, 90, " ms"});
}

}  // namespace

void bench_plenary() {
  compare_at(150);
  compare_at(1'000);
}

}  // namespace rundbord::bench
