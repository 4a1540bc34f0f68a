#include "damage.hpp"

#include <sqlite3.h>

#include <memory>
#include <stdexcept>

namespace rundbord::crash {
namespace {

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, Close>;
using Statement = std::unique_ptr<sqlite3_stmt, Close>;

Statement prepare(sqlite3* database, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
    throw std::runtime_error(sqlite3_errmsg(database));
  }
  return Statement(statement);
}

std::string first_value(sqlite3* database, const std::string& sql, int& type) {
  const auto read = prepare(database, sql);
  if (sqlite3_step(read.get()) != SQLITE_ROW) throw std::runtime_error("nothing to change");
  type = sqlite3_column_type(read.get(), 0);
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(read.get(), 0));
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(read.get(), 0))};
}

}  // namespace

void change_one_byte(const std::filesystem::path& file, const std::string& table,
                     const std::string& column, const std::string& where) {
  sqlite3* opened = nullptr;
  if (sqlite3_open(file.c_str(), &opened) != SQLITE_OK) throw std::runtime_error("not opened");
  const Database database(opened);
  int type = 0;
  auto value = first_value(opened, "SELECT " + column + " FROM " + table + " WHERE " + where, type);
  if (value.empty()) throw std::runtime_error("nothing to change");
  value[value.size() / 2] = static_cast<char>(value[value.size() / 2] ^ 1);
  const auto write = prepare(opened, "UPDATE " + table + " SET " + column + " = ?1 WHERE " + where);
  const int size = static_cast<int>(value.size());
  if (type == SQLITE_TEXT) {
    sqlite3_bind_text(write.get(), 1, value.data(), size, SQLITE_TRANSIENT);
  } else {
    sqlite3_bind_blob(write.get(), 1, value.data(), size, SQLITE_TRANSIENT);
  }
  if (sqlite3_step(write.get()) != SQLITE_DONE || sqlite3_changes(opened) != 1) {
    throw std::runtime_error("not changed");
  }
}

}  // namespace rundbord::crash
