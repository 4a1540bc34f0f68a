// Kill -9 under load: a server killed again and again while people write, started again and held
// against what they were told. Functions of their caller; one thread.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace rundbord::crash {

struct KillPlan {
  std::uint64_t seed = 1;
  std::uint64_t kills = 100;
  std::string program;  // empty: the real binary
  bool stops_at_wrong = true;
  std::function<void(std::uint64_t kills, std::uint64_t acknowledged)> progress;
};

struct KillTotals {
  std::uint64_t kills = 0;
  std::uint64_t kills_in_flight = 0;  // while commands were unanswered
  std::uint64_t kills_at_start = 0;   // of a server that had not said yet that it listens
  std::uint64_t acknowledged = 0;
  std::uint64_t stored_unanswered = 0;  // in the log at the kill, acknowledged only afterwards
  std::uint64_t asked_again = 0;        // answered commands that were sent again
  std::uint64_t views_compared = 0;     // clients whose board was compared with the log
  double restart_ms_max = 0;            // from the start to `listening`
  std::vector<std::string> wrong;       // empty: nothing lost, doubled, reordered; no gap
};

KillTotals kill_under_load(const KillPlan& plan);

}  // namespace rundbord::crash
