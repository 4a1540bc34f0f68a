// Measures the server binary as its users feel it: under load, at start, idle, and after a long
// history. Prints figures, decides nothing; run by tests/bench/run.
#include <chrono>
#include <cstdio>
#include <functional>
#include <iostream>
#include <map>
#include <string>

#include "app/client_connection.hpp"
#include "crowd.hpp"
#include "measured.hpp"
#include "prepared.hpp"
#include "process/serving.hpp"

namespace rundbord::bench {
namespace {

using process::Serving;
using process::TemporaryFolder;

app::Client client_of(const Serving& server) {
  return app::Client(*app::address_from_url(server.url()));
}

double ms_since(Steady::time_point start) {
  return std::chrono::duration<double, std::milli>(Steady::now() - start).count();
}

// ---- rooms: 50 × 8 people, 2,500 notes a second in all ----------------------------------------

constexpr double notes_per_second = 2'500;
constexpr std::size_t notes_in_all = 25'000;

Steady::time_point due_time(Steady::time_point start, std::size_t note) {
  return start + std::chrono::duration_cast<Steady::duration>(
                     std::chrono::duration<double>(static_cast<double>(note) / notes_per_second));
}

// Sends what is due every millisecond, whether or not answers have come: latency counts from when a
// note was due, so that a slow server cannot hide behind a slow sender.
void send_when_due(app::Client& client, Crowd& crowd, std::size_t seats) {
  const auto start = Steady::now();
  std::size_t sent = 0;
  std::function<void()> send_due = [&] {
    for (; sent < notes_in_all && due_time(start, sent) <= Steady::now(); ++sent) {
      crowd.write_note(sent % seats, due_time(start, sent));
    }
    if (sent < notes_in_all) client.after(Duration(1), send_due);
  };
  send_due();
  client.run_until([&] { return sent == notes_in_all && crowd.all_answered(); });
}

void bench_rooms() {
  const TemporaryFolder folder;
  const auto prepared = prepare(folder.path(), {50, 8, 0});
  Serving server(folder.path());
  auto client = client_of(server);
  Crowd crowd(client, prepared);
  crowd.open(prepared.seats.size());
  const auto cpu = cpu_seconds(server.pid());
  const auto start = Steady::now();
  send_when_due(client, crowd, prepared.seats.size());
  const auto seconds = ms_since(start) / 1000;
  constexpr std::size_t deliveries = notes_in_all * 8;
  client.run_until([&] { return crowd.delivered() >= deliveries || crowd.errors() > 0; });
  const auto used = cpu_seconds(server.pid()) - cpu;
  const auto ok = latencies_of(crowd.ok_ms());
  std::printf(
      "50 rooms x 8 people, %.0f notes/s for %.1f s: %zu errors, ok p50 %.1f ms, p99 %.1f ms, "
      "max %.1f ms\n",
      notes_in_all / seconds, seconds, crowd.errors(), ok.p50_ms, ok.p99_ms, ok.max_ms);
  std::printf("  server CPU %.0f %% of a core, %.1f us per delivered note (%zu delivered)\n",
              100 * used / seconds, 1e6 * used / static_cast<double>(crowd.delivered()),
              crowd.delivered());
}

// ---- start: 100,000 commits to the first ok ---------------------------------------------------

void bench_start() {
  const TemporaryFolder folder;
  const auto prepared = prepare(folder.path(), {100, 8, 99'198});
  const auto start = Steady::now();
  Serving server(folder.path());
  const auto listening = ms_since(start);
  auto client = client_of(server);
  Crowd crowd(client, prepared);
  crowd.open(1);
  crowd.write_note(0, start);
  client.run_until([&] { return crowd.all_answered() || crowd.errors() > 0; });
  std::printf(
      "start with %zu commits: listening after %.0f ms, first ok after %.0f ms, %zu errors\n",
      prepared.commits, listening, latencies_of(crowd.ok_ms()).max_ms, crowd.errors());
}

// ---- idle: 2,000 sockets ----------------------------------------------------------------------

void bench_idle() {
  constexpr std::size_t sockets = 2'000;
  const TemporaryFolder folder;
  const auto prepared = prepare(folder.path(), {100, 20, 0});
  Serving server(folder.path());
  auto client = client_of(server);
  Crowd crowd(client, prepared);
  crowd.open(1);  // the workshop is in memory from here on
  const auto before = resident_bytes(server.pid());
  Crowd many(client, prepared);
  many.open(sockets);
  const auto after = resident_bytes(server.pid());
  std::printf("%zu idle sockets: %.1f kB each (%.1f MB before, %.1f MB after), %zu errors\n",
              sockets, static_cast<double>(after - before) / sockets / 1e3,
              static_cast<double>(before) / 1e6, static_cast<double>(after) / 1e6, many.errors());
}

// ---- history: CPU per commit ------------------------------------------------------------------

double cpu_per_commit(std::size_t history, std::size_t& errors) {
  constexpr std::size_t commits = 4'000;
  constexpr std::size_t writers = 20;  // one in each of so many rooms, its next note after each ok
  const TemporaryFolder folder;
  const auto prepared = prepare(folder.path(), {100, 1, history > 205 ? history - 205 : 0});
  Serving server(folder.path());
  auto client = client_of(server);
  Crowd crowd(client, prepared);
  crowd.open(writers);
  std::size_t sent = 0;
  crowd.on_ok = [&](std::size_t seat) {
    if (sent < commits) ++sent, crowd.write_note(seat, Steady::now());
  };
  const auto cpu = cpu_seconds(server.pid());
  for (; sent < writers; ++sent) crowd.write_note(sent, Steady::now());
  client.run_until([&] { return crowd.all_answered() || crowd.errors() > 0; });
  errors += crowd.errors();
  return 1e6 * (cpu_seconds(server.pid()) - cpu) / commits;
}

void bench_history() {
  std::size_t errors = 0;
  const auto young = cpu_per_commit(1'000, errors);
  const auto old = cpu_per_commit(100'000, errors);
  std::printf(
      "server CPU per commit: %.0f us at history 1,000; %.0f us at 100,000; ratio %.2f, "
      "%zu errors\n",
      young, old, old / young, errors);
}

int run(int count, char** names) {
  const std::map<std::string, void (*)()> benches = {{"rooms", bench_rooms},
                                                     {"start", bench_start},
                                                     {"idle", bench_idle},
                                                     {"history", bench_history}};
  for (int i = 1; i < count; ++i) {
    const auto bench = benches.find(names[i]);
    if (bench == benches.end()) {
      std::cerr << "no bench is named " << names[i] << "; there are rooms, start, idle, history\n";
      return 2;
    }
    bench->second();
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace
}  // namespace rundbord::bench

int main(int count, char** names) {
  return rundbord::bench::run(count, names);
}
