#include "raw_database.hpp"

#include <sqlite3.h>

#include <stdexcept>

namespace rundbord::log {
namespace {

void require(bool holds, sqlite3* database) {
  if (!holds) throw std::runtime_error(sqlite3_errmsg(database));
}

}  // namespace

RawDatabase::RawDatabase(const std::filesystem::path& folder) {
  const auto file = (folder / "rundbord.sqlite").string();
  const int code = sqlite3_open_v2(file.c_str(), &database_, SQLITE_OPEN_READWRITE, nullptr);
  require(code == SQLITE_OK, database_);
  sqlite3_busy_timeout(database_, 5000);
}

RawDatabase::~RawDatabase() {
  sqlite3_close(database_);
}

void RawDatabase::run(const std::string& sql) {
  require(sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK, database_);
}

std::string RawDatabase::value(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  require(sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK,
          database_);
  const bool has_row = sqlite3_step(statement) == SQLITE_ROW;
  std::string found;
  if (has_row) {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, 0));
    const auto size = sqlite3_column_bytes(statement, 0);
    if (bytes) found.assign(bytes, static_cast<std::size_t>(size));
  }
  sqlite3_finalize(statement);
  require(has_row, database_);
  return found;
}

void RawDatabase::write(const std::string& change, const std::string& bytes, bool is_text) {
  sqlite3_stmt* statement = nullptr;
  require(sqlite3_prepare_v2(database_, change.c_str(), -1, &statement, nullptr) == SQLITE_OK,
          database_);
  const auto size = static_cast<int>(bytes.size());
  if (is_text) {
    sqlite3_bind_text(statement, 1, bytes.data(), size, SQLITE_TRANSIENT);
  } else {
    sqlite3_bind_blob(statement, 1, bytes.data(), size, SQLITE_TRANSIENT);
  }
  const int code = sqlite3_step(statement);
  const int changed = sqlite3_changes(database_);
  sqlite3_finalize(statement);
  require(code == SQLITE_DONE && changed == 1, database_);
}

}  // namespace rundbord::log
