// The tables of the data format and its version: functions on a connection that their caller owns,
// called while it opens a data folder.
#pragma once
#include <string>
#include <string_view>

#include "log/event_log.hpp"
#include "log/sqlite_connection.hpp"

namespace rundbord::log {

// What is stored from 1.0 on can be read by every later version (sqlite_migrations.hpp).
inline constexpr std::string_view format_version = "1.0";

// Makes the tables and a history of its own in a database that has none yet.
void create_tables_if_empty(Connection& connection);
// As it stands in the database. Throws LogError data_version when that is not Rundbord's.
std::string format_of(Connection& connection);
void set_format(Connection& connection, std::string_view format);
// Why this version, which writes `own`, cannot use a folder of format `found`.
LogError unfit_format(const std::string& found, const std::string& own);
// The history. Throws LogError data_version, or data_missing when there are no tables.
std::string require_format(Connection& connection);
// Readers and the writer do not wait for each other. Kept in the file; set again each time.
void use_write_ahead_log(Connection& connection);
// A backup goes on in a history of its own: positions of clients must not be taken for its own.
void renew_history(Connection& connection);

}  // namespace rundbord::log
