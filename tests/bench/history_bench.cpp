// P6 and R6: what a long history costs: each commit, each who joins, and the start.
#include <cstdio>

#include "benches.hpp"
#include "crowd.hpp"
#include "goal.hpp"

namespace rundbord::bench {
namespace {

constexpr int rooms = 100;
// What else is committed: the workshop, its sitting, and a seat in each room.
constexpr std::size_t beside_notes = 2 + rooms;
// Of two measurements of the same work, which are never quite equal.
constexpr Goal does_not_grow{Goal::at_most, 1.15};

double ms_since(Steady::time_point start) {
  return std::chrono::duration<double, std::milli>(Steady::now() - start).count();
}

// From so many commits on a workshop's state is stored (commits_per_snapshot).
constexpr std::size_t stored_from = 5'000;

PreparedSize after(std::size_t commits) {
  return {rooms, 1, commits - beside_notes};
}

double cpu_per_commit(std::size_t history, std::size_t& errors) {
  constexpr std::size_t commits = 4'000;
  constexpr std::size_t writers = 20;  // one in each of so many rooms, its next note after each ok
  const Contender contender(ours, after(history));
  auto client = contender.client();
  Crowd crowd(client, contender);
  crowd.open(writers);
  if (history >= stored_from) contender.await_stored_state(client);
  std::size_t sent = 0;
  crowd.on_ok = [&](std::size_t seat) {
    if (sent < commits) ++sent, crowd.write_note(seat, Steady::now());
  };
  const auto cpu = cpu_seconds(contender.pid());
  for (; sent < writers; ++sent) crowd.write_note(sent, Steady::now());
  client.run_until([&] { return crowd.all_answered() || crowd.errors() > 0; });
  errors += crowd.errors();
  return 1e6 * (cpu_seconds(contender.pid()) - cpu) / commits;
}

// Everybody joins a room without notes; all notes lie in other rooms.
double cpu_per_join(std::size_t history, std::size_t& errors) {
  constexpr std::size_t joining = 400;  // the last 50 rooms
  const Contender contender(ours, {rooms + 50, 8, history, rooms});
  auto client = contender.client();
  Crowd first(client, contender);
  first.open(1);
  if (history >= stored_from) contender.await_stored_state(client);
  Crowd crowd(client, contender);
  const auto cpu = cpu_seconds(contender.pid());
  crowd.open_as_browsers(joining, contender.prepared().seats.size() - joining);
  errors += crowd.errors();
  return 1e6 * (cpu_seconds(contender.pid()) - cpu) / joining;
}

}  // namespace

void bench_history() {
  std::size_t errors = 0;
  const auto young = cpu_per_commit(1'000, errors);
  const auto old = cpu_per_commit(100'000, errors);
  std::printf(
      "P6 server CPU per commit: %.0f us at history 1,000; %.0f us at 100,000; ratio %.2f, "
      "%zu errors; %s\n",
      young, old, old / young, errors, verdict(does_not_grow, old / young).c_str());
}

void bench_join() {
  std::size_t errors = 0;
  const auto small = cpu_per_join(1'000, errors);
  const auto large = cpu_per_join(100'000, errors);
  std::printf(
      "P6 server CPU per person who joins an empty room: %.0f us beside 1,000 notes elsewhere; "
      "%.0f us beside 100,000; ratio %.2f, %zu errors; %s\n",
      small, large, large / small, errors, verdict(does_not_grow, large / small).c_str());
}

void bench_start() {
  const process::TemporaryFolder folder;
  const auto prepared = prepare(folder.path(), after(100'000));
  for (const auto* which : {"reading every commit", "with a snapshot"}) {
    const auto start = Steady::now();
    const Contender contender(folder.path(), prepared);
    const auto listening = ms_since(start);
    auto client = contender.client();
    Crowd crowd(client, contender);
    crowd.open(1);
    crowd.write_note(0, start);
    client.run_until([&] { return crowd.all_answered() || crowd.errors() > 0; });
    const auto first_ok = latencies_of(crowd.ok_ms()).max_ms;
    std::printf(
        "R6 start with %zu commits, %s: listening after %.0f ms, first ok after %.0f ms, %zu "
        "errors; %s\n",
        prepared.commits, which, listening, first_ok, crowd.errors(),
        verdict({Goal::at_most, 1'000, " ms"}, first_ok).c_str());
    std::fflush(stdout);
    contender.await_stored_state(client);  // the first start leaves one behind
  }
}

}  // namespace rundbord::bench
