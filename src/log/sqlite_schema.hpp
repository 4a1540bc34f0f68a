// The tables of the data format and its version: functions on a connection that their caller owns,
// called while it opens a data folder.
#pragma once
#include <string>
#include <string_view>

#include "log/sqlite_connection.hpp"

namespace rundbord::log {

// Free to change until version 1.0; a folder of another version is refused.
inline constexpr std::string_view format_version = "1";

// Makes the tables and a history of its own in a database that has none yet.
void create_tables_if_empty(Connection& connection);
// The history. Throws LogError data_version, or data_missing when there are no tables.
std::string require_format(Connection& connection);
// Readers and the writer do not wait for each other. Kept in the file; set again each time.
void use_write_ahead_log(Connection& connection);
// A backup goes on in a history of its own: positions of clients must not be taken for its own.
void renew_history(Connection& connection);

}  // namespace rundbord::log
