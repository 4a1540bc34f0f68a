// Plays a seminar file through the public protocol, as the organiser and the people would: creates
// the workshop, seats everybody, writes line by line in all rooms side by side, closes, reads back.
// A function of the replay command; it runs its own loop on the caller's thread.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "app/client_connection.hpp"
#include "app/seminar_file.hpp"
#include "domain/time.hpp"

namespace rundbord::app {

struct ReplayOptions {
  ServerAddress server;
  std::string server_secret;
  Duration between_lines{};  // zero: as fast as the answers come
  bool keep_open = false;
};

struct ReplayResult {
  std::string workshop;  // empty: none could be made
  std::string workshop_link;
  std::size_t notes = 0;  // acknowledged
  std::size_t rooms = 0;
  double seconds = 0;
  std::vector<std::string> faults;  // sentences; none: all of it was kept and read back unchanged
};

ReplayResult run_replay(const Seminar& seminar, const ReplayOptions& options);

}  // namespace rundbord::app
