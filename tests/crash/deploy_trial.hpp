// A new version is put in place while people write: the server is asked to stop, ends, starts
// again; they come back by themselves as browsers do. A function of its caller; one thread.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace rundbord::crash {

struct DeployOutcome {
  std::uint64_t seats = 0;
  std::uint64_t told_to_come_back = 0;  // closed with 1012
  std::uint64_t acknowledged = 0;
  int exit_code = -1;
  double stopped_after_ms = 0;   // from SIGTERM to the end of the process
  double started_after_ms = 0;   // from its start to `listening`
  double gap_ms = 0;             // from the last ok before to the first ok after
  double all_back_after_ms = 0;  // from the start of the new one
  std::vector<std::string> wrong;
};

// `program`: another one than the real one, when it is not empty.
DeployOutcome deploy_under(std::uint64_t seats, std::uint64_t seed,
                           const std::string& program = {});

}  // namespace rundbord::crash
