// From the log to a live workshop: by its kept snapshot and the commits after it, or by all of
// them. Functions of the workshop host; on the pool's threads.
#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "engine/live_workshop.hpp"
#include "log/event_log.hpp"

namespace rundbord::net {

struct LoadedWorkshop {
  std::unique_ptr<engine::LiveWorkshop> machine;
  std::uint64_t snapshot_seq = 0;  // what it started from; 0: from the first commit
  std::uint64_t last_seq = 0;      // 0: there is no such workshop
  log::Hash chain{};               // of the last commit
  std::string damage;              // a sentence; empty: all is well
};

// A machine that has read nothing yet.
std::unique_ptr<engine::LiveWorkshop> new_machine(log::EventLog& log, const WorkshopId& id,
                                                  engine::LiveWorkshopOptions limits = {});

// Never throws. A snapshot that is not of this stream, build and workshop is ignored.
LoadedWorkshop load_workshop(log::EventLog& log, const WorkshopId& id,
                             const engine::LiveWorkshopOptions& limits = {});

// The commits after which a new snapshot is worth its work, when the last one was made at `seq`:
// a quarter of the history, so that the work per commit does not grow with it, and at least
// `commits_min`.
constexpr std::uint64_t commits_to_next_snapshot(std::uint64_t seq, std::uint64_t commits_min) {
  return seq / 4 > commits_min ? seq / 4 : commits_min;
}

// Reading back what was just written costs as much as writing it did, so a workshop in which more
// commits came since the last look is left alone, until this many times the commits are due.
inline constexpr std::uint64_t calm_commits_max = 500;
inline constexpr std::uint64_t overdue_max = 4;

// `behind`: commits after the last snapshot, `due`: those after which one is worth its work,
// `since_look`: those since it was last looked at.
constexpr bool is_time_for_snapshot(std::uint64_t behind, std::uint64_t due,
                                    std::uint64_t since_look) {
  return behind >= due && (since_look <= calm_commits_max || behind >= overdue_max * due);
}

// Keeps a snapshot of what the log holds now. False: it could not, and an earlier one stays.
bool keep_state(log::EventLog& log, const WorkshopId& id);

}  // namespace rundbord::net
