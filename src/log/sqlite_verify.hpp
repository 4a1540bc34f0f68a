// Reads a whole database again and says what does not fit: streams by their chains, the rest by
// SQLite's own check. A function on a connection that its caller owns.
#pragma once
#include <vector>

#include "log/event_log.hpp"
#include "log/sqlite_connection.hpp"

namespace rundbord::log {

// All of one moment, beside a running writer. Throws SqliteError when the disk cannot be read.
std::vector<Broken> verify_database(Connection& connection);

}  // namespace rundbord::log
