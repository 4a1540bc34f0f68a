// P1, P2, P3: 50 rooms of 8 people who write notes.
#include <cstdio>

#include "benches.hpp"
#include "comparison.hpp"

namespace rundbord::bench {
namespace {

const PreparedSize hall{50, 8, 0};

const ContenderKind ws_grouped{"ws + better-sqlite3, group commit",
                               {"ws.mjs", "--store", "grouped"}};
const ContenderKind ws_each{"ws + better-sqlite3, a commit per note",
                            {"ws.mjs", "--store", "each"}};
const ContenderKind ws_frames{"ws, 20 ms frames, not durable", {"ws.mjs"}};
const ContenderKind ws_at_once{"ws, each note at once, not durable", {"ws.mjs", "--frame-ms", "0"}};
const ContenderKind socket_io_frames{
    "Socket.IO, 20 ms frames, not durable", {"socket_io.mjs"}, Dialect::socket_io};
const ContenderKind socket_io_at_once{"Socket.IO, each note at once, not durable",
                                      {"socket_io.mjs", "--frame-ms", "0"},
                                      Dialect::socket_io};

}  // namespace

void bench_rooms() {
  std::printf("P1 durable: 50 rooms x 8 people, 2,500 notes/s\n");
  Comparison comparison({ours, ws_grouped});
  comparison.run([](const ContenderKind& kind) { return write_when_due(kind, {hall, 2'500, 6}); });
  comparison.print_table();
  comparison.print_ratio(1, &Reading::us_per_delivered, "CPU per delivered note",
                         {Goal::at_most, 0.33});
  comparison.print_own([](const Reading& r) { return r.ok.p99_ms; }, "ok p99",
                       {Goal::at_most, 40, " ms"});
}

void bench_closed() {
  std::printf("P2 durable, closed loop: 400 people, each writes again after the ok\n");
  Comparison comparison({ours, ws_each, ws_grouped});
  comparison.run([](const ContenderKind& kind) { return write_after_ok(kind, {hall, 0, 3}); });
  comparison.print_table();
  comparison.print_ratio(1, &Reading::notes_per_second, "notes/s", {Goal::at_least, 20});
  comparison.print_ratio(2, &Reading::notes_per_second, "notes/s", {Goal::at_least, 2});
}

void bench_frames() {
  std::printf("P3: 50 rooms x 8 people, 8,000 notes/s; ours durable, the others not\n");
  Comparison comparison({ours, ws_frames, ws_at_once, socket_io_frames, socket_io_at_once});
  comparison.run([](const ContenderKind& kind) { return write_when_due(kind, {hall, 8'000, 3}); });
  comparison.print_table();
  for (const std::size_t ws : {1, 2}) {
    comparison.print_ratio(ws, &Reading::us_per_delivered, "CPU per delivered note",
                           {Goal::at_most, 0.36});
  }
  for (const std::size_t socket_io : {3, 4}) {
    comparison.print_ratio(socket_io, &Reading::us_per_delivered, "CPU per delivered note",
                           {Goal::at_most, 0.30});
  }
}

}  // namespace rundbord::bench
