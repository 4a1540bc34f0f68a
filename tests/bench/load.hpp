// Notes written at a given pace, or each after the last one's `ok`, and what that costs a server.
// Each call starts a contender of its own and ends it; one thread.
#pragma once
#include <cstddef>

#include "contender.hpp"
#include "measured.hpp"

namespace rundbord::bench {

struct Load {
  PreparedSize people;
  double notes_per_second = 0;
  double seconds = 0;
  std::size_t wall_sockets = 0;  // so many follow the wall; 0: everybody their room
};

struct Reading {
  double notes_per_second = 0;
  double cpu_percent = 0;       // of one core, while notes were written and delivered
  double us_per_delivered = 0;  // server CPU for each note at each listener
  double us_per_note = 0;
  Latencies ok;
  Latencies fan_out;
  double delivered_part = 1;  // of what should have come within `patience` after the last note
  std::size_t errors = 0;
};

// Open loop: every note is written when it is due, whether or not answers have come; latency counts
// from then, so that a slow server cannot hide behind a slow sender.
Reading write_when_due(const ContenderKind& kind, const Load& load);
// Closed loop: every seat writes its next note after the last one's `ok`.
Reading write_after_ok(const ContenderKind& kind, const Load& load);

}  // namespace rundbord::bench
