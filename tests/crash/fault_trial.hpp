// A disk that fails: one call of one kind, once or until it is healed, in the middle of a fixed run
// of appends; nothing acknowledged may be missing, nothing half done, and after the failure the log
// goes on. Functions of their caller; one thread, beside the log's own.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "crash/simulated_disk.hpp"

namespace rundbord::crash {

struct FaultPlan {
  DiskCall call = DiskCall::write;
  DiskAnswer answer = DiskAnswer::io_error;
  bool stays = false;
  // A sync that failed leaves its pages believed clean, and in the end the power goes too.
  bool forgets_dirty = false;
  // The process is killed in that call, and in the middle of the run, and started again.
  bool kills = false;
};

struct FaultTotals {
  std::uint64_t runs = 0;    // one for each n, until the fault strikes no more
  std::uint64_t struck = 0;  // runs in which it did
  std::uint64_t acknowledged = 0;
  std::uint64_t refused = 0;     // appends answered with an error
  std::uint64_t not_opened = 0;  // runs in which the log could not be opened meanwhile
  std::map<std::string, std::uint64_t> errors;  // by the log's own names
  std::vector<std::string> wrong;
};

// For n = 1, 2, … the n-th such call fails.
FaultTotals fail_each_call(const FaultPlan& plan);

struct VerifyTotals {
  std::uint64_t struck = 0;
  std::uint64_t io_errors = 0;     // times it said that it could not read
  std::vector<std::string> wrong;  // what it called damaged, which it was not
};

// The same, of reads while a sound log is verified; `stays`: all later ones fail too.
VerifyTotals verify_with_each_read_failing(bool stays);

}  // namespace rundbord::crash
