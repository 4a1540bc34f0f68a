#include "log/wal_renewal.hpp"

#include "log/event_log.hpp"
#include "log/sqlite_file.hpp"

namespace rundbord::log {
namespace {

namespace fs = std::filesystem;

fs::path beside(const fs::path& database, const char* suffix) {
  return database.string() + suffix;
}

void copy_synced(const fs::path& from, const fs::path& to) {
  SqliteFile old(from, SqliteFile::Kind::write_ahead_log);
  SqliteFile copy(to, SqliteFile::Kind::new_write_ahead_log);
  old.copy_to(copy);
  copy.sync();
}

}  // namespace

// After a sync that failed Linux holds pages for clean that are not on the disk, and no later sync
// of that file writes them. Only a new file is sure to be what its sync says. A cut leaves the one
// file or the other: what the old one lacks on the disk was never acknowledged, for after a sync
// that failed nothing is, and nothing of it is in the database yet.
void renew_write_ahead_log(const fs::path& database, const FolderCalls& folder) {
  const auto wal = beside(database, "-wal");
  const auto copy = beside(database, "-newwal");
  if (!has_bytes(wal) || !has_bytes(database)) return;
  remove_if_there(copy);  // of an attempt that was interrupted
  // Who has the old file open would go on reading it.
  SqliteFile alone(database, SqliteFile::Kind::database);
  if (!alone.lock_alone()) {
    throw LogError{"data_in_use",
                   "The data was not closed properly and has to be put in order, but somebody is "
                   "reading it (export, verify or backup). Start again when that has ended."};
  }
  copy_synced(wal, copy);
  folder.rename(copy, wal);
  folder.sync(database.parent_path());
}

}  // namespace rundbord::log
