// Getting the last bytes of what was deleted out of the files. `secure_delete` alone does not: when
// SQLite splits a page, a copy of what moved stays in the page's unused part, beyond the reach of a
// later delete (8 to 14 of 800 deleted texts were found so). Whoever owns the connection, its
// thread.
#pragma once
#include "log/sqlite_connection.hpp"

namespace rundbord::log {

// To be run in the transaction that deletes.
inline constexpr const char* mark_scrub_due =
    "INSERT OR REPLACE INTO meta(key, value) VALUES ('scrub', 'due')";

bool is_scrub_due(Connection& connection);
// Writes the whole database anew, without any remains of deleted things; the old pages are still
// in the write-ahead log. Throws SqliteError.
void rewrite_without_remains(Connection& connection);
// False: somebody reads an older state, or writing failed; try again. After it no scrub is due.
bool empty_write_ahead_log(Connection& connection);
// Both, as long as it takes: for a start, when nobody else reads. Throws SqliteError.
void scrub_now(Connection& connection);

}  // namespace rundbord::log
