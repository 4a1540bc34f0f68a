#include "log/sqlite_scrub.hpp"

namespace rundbord::log {

bool is_scrub_due(Connection& connection) {
  return Statement(connection, "SELECT 1 FROM meta WHERE key = 'scrub'").step();
}

void rewrite_without_remains(Connection& connection) {
  connection.run("VACUUM");
}

bool empty_write_ahead_log(Connection& connection) {
  if (!connection.checkpoint_and_truncate()) return false;
  connection.run("DELETE FROM meta WHERE key = 'scrub'");
  return true;
}

void scrub_now(Connection& connection) {
  rewrite_without_remains(connection);
  // A start must not wait for a reader that stays; the mark stays too, for the next one.
  empty_write_ahead_log(connection);
}

}  // namespace rundbord::log
