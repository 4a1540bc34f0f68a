// Opens the log's database with SQLite itself, as somebody would who wants to damage it. Owned by
// each test; the test's own thread.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "log/event_log.hpp"

struct sqlite3;

namespace rundbord::log {

class RawDatabase {
 public:
  explicit RawDatabase(const std::filesystem::path& folder);
  ~RawDatabase();
  RawDatabase(const RawDatabase&) = delete;
  RawDatabase& operator=(const RawDatabase&) = delete;

  void run(const std::string& sql);
  std::string value(const std::string& sql);  // the first column of the first row
  // `change` is a statement that writes the bytes where it says ?1.
  void write(const std::string& change, const std::string& bytes, bool is_text);

 private:
  sqlite3* database_ = nullptr;
};

}  // namespace rundbord::log
