// One file through SQLite's own file layer, below its connections: so that a lock taken here counts
// for them, and a test's disk sees these calls too. Owned by whoever opened it; one thread.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

struct sqlite3_file;

namespace rundbord::log {

// Both throw SqliteError.
bool has_bytes(const std::filesystem::path& file);
void remove_if_there(const std::filesystem::path& file);

// Everything here throws SqliteError.
class SqliteFile {
 public:
  enum class Kind {
    database,
    write_ahead_log,
    // Must not be there yet; gets the rights of the database whose name it begins with.
    new_write_ahead_log,
  };
  SqliteFile(const std::filesystem::path& path, Kind kind);
  ~SqliteFile();
  SqliteFile(const SqliteFile&) = delete;
  SqliteFile& operator=(const SqliteFile&) = delete;

  // Nobody else has the database open, in no process, until this is closed. False: somebody has.
  bool lock_alone();
  // Byte for byte, from the start.
  void copy_to(SqliteFile& other);
  void sync();

 private:
  void check(int code, const char* doing);

  std::string name_;  // SQLite holds its address
  std::unique_ptr<char[]> memory_;
  sqlite3_file* file_ = nullptr;
};

}  // namespace rundbord::log
