#include "log/sqlite_file.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <vector>

#include "log/sqlite_connection.hpp"

namespace rundbord::log {
namespace {

// As SQLite's largest page: its Unix layer cannot do 128 KiB at a time.
constexpr sqlite3_int64 chunk_bytes = 64 << 10;

int open_flags(SqliteFile::Kind kind) {
  switch (kind) {
    case SqliteFile::Kind::database:
      return SQLITE_OPEN_READWRITE | SQLITE_OPEN_MAIN_DB;
    case SqliteFile::Kind::write_ahead_log:
      return SQLITE_OPEN_READWRITE | SQLITE_OPEN_WAL;
    case SqliteFile::Kind::new_write_ahead_log:
      return SQLITE_OPEN_READWRITE | SQLITE_OPEN_WAL | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE;
  }
  return 0;
}

sqlite3_vfs& files() {
  return *sqlite3_vfs_find(nullptr);
}

SqliteError failure(int code, const std::string& doing) {
  return {code, last_system_errno(), doing + ": " + sqlite3_errstr(code)};
}

}  // namespace

bool has_bytes(const std::filesystem::path& file) {
  int found = 0;
  const int code = files().xAccess(&files(), file.c_str(), SQLITE_ACCESS_EXISTS, &found);
  if (code != SQLITE_OK) throw failure(code, "looking for " + file.string());
  return found != 0;
}

void remove_if_there(const std::filesystem::path& file) {
  const int code = files().xDelete(&files(), file.c_str(), 0);
  if (code == SQLITE_OK || code == SQLITE_IOERR_DELETE_NOENT) return;
  throw failure(code, "removing " + file.string());
}

// More zeros after the name: SQLite looks there for parameters.
SqliteFile::SqliteFile(const std::filesystem::path& path, Kind kind)
    : name_(path.string() + std::string(4, '\0')),
      memory_(std::make_unique<char[]>(static_cast<std::size_t>(files().szOsFile))) {
  auto* const file = reinterpret_cast<sqlite3_file*>(memory_.get());
  const int code = files().xOpen(&files(), name_.c_str(), file, open_flags(kind), nullptr);
  if (file->pMethods) file_ = file;
  check(code, "opening");
}

SqliteFile::~SqliteFile() {
  if (file_) file_->pMethods->xClose(file_);
}

bool SqliteFile::lock_alone() {
  for (const int level : {SQLITE_LOCK_SHARED, SQLITE_LOCK_EXCLUSIVE}) {
    const int code = file_->pMethods->xLock(file_, level);
    if (code != SQLITE_BUSY) {
      check(code, "locking");
      continue;
    }
    file_->pMethods->xUnlock(file_, SQLITE_LOCK_NONE);
    return false;
  }
  return true;
}

void SqliteFile::copy_to(SqliteFile& other) {
  sqlite3_int64 bytes = 0;
  check(file_->pMethods->xFileSize(file_, &bytes), "measuring");
  std::vector<char> chunk(static_cast<std::size_t>(std::min(bytes, chunk_bytes)));
  for (sqlite3_int64 at = 0; at < bytes; at += chunk_bytes) {
    const auto part = static_cast<int>(std::min(bytes - at, chunk_bytes));
    check(file_->pMethods->xRead(file_, chunk.data(), part, at), "reading");
    other.check(other.file_->pMethods->xWrite(other.file_, chunk.data(), part, at), "writing");
  }
}

void SqliteFile::sync() {
  check(file_->pMethods->xSync(file_, SQLITE_SYNC_NORMAL), "syncing");
}

void SqliteFile::check(int code, const char* doing) {
  if (code != SQLITE_OK) throw failure(code, std::string(doing) + ' ' + name_.c_str());
}

}  // namespace rundbord::log
