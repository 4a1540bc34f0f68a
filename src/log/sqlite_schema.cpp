#include "log/sqlite_schema.hpp"

#include <optional>

#include "domain/ids.hpp"
#include "log/chain.hpp"
#include "log/sqlite_migrations.hpp"

namespace rundbord::log {
namespace {

// `workshop` is the id's 16 bytes. A text is erased by making both salt and text NULL.
constexpr const char* tables = R"(
CREATE TABLE meta(
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE commits(
  workshop BLOB NOT NULL,
  seq INTEGER NOT NULL,
  header TEXT NOT NULL,
  chain BLOB NOT NULL,
  PRIMARY KEY (workshop, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE texts(
  workshop BLOB NOT NULL,
  seq INTEGER NOT NULL,
  n INTEGER NOT NULL,
  salt BLOB,
  text TEXT,
  PRIMARY KEY (workshop, seq, n),
  CHECK ((salt IS NULL) = (text IS NULL))
) STRICT, WITHOUT ROWID;
CREATE TABLE "rows"(
  "table" TEXT NOT NULL,
  key TEXT NOT NULL,
  workshop BLOB NOT NULL,
  value BLOB NOT NULL,
  PRIMARY KEY ("table", key)
) STRICT, WITHOUT ROWID;
CREATE INDEX rows_of_workshop ON "rows"(workshop, "table", key);
)";

std::string new_history() {
  return to_base64url(random_salts()());
}

bool has_tables(Connection& connection) {
  return Statement(connection, "SELECT 1 FROM sqlite_schema LIMIT 1").step();
}

void write_meta(Connection& connection, std::string_view key, std::string_view value) {
  Statement write(connection, "INSERT OR REPLACE INTO meta(key, value) VALUES (?1, ?2)");
  write.bind_text(1, key).bind_text(2, value).run();
}

std::optional<std::string> read_meta(Connection& connection, std::string_view key) {
  Statement read(connection, "SELECT value FROM meta WHERE key = ?1");
  if (!read.bind_text(1, key).step()) return std::nullopt;
  return std::string(read.bytes(0));
}

bool has_meta(Connection& connection) {
  return Statement(connection, "SELECT 1 FROM sqlite_schema WHERE name = 'meta'").step();
}

}  // namespace

void create_tables_if_empty(Connection& connection) {
  if (has_tables(connection)) return;
  use_write_ahead_log(connection);
  const auto history = new_history();
  connection.run("BEGIN IMMEDIATE");
  connection.run(tables);
  write_meta(connection, "format", format_version);
  write_meta(connection, "history", history);
  connection.run("COMMIT");
}

std::string format_of(Connection& connection) {
  if (!has_tables(connection)) {
    throw LogError{"data_missing", "There is no Rundbord data here yet."};
  }
  if (!has_meta(connection)) {
    throw LogError{"data_version",
                   "This database was not made by Rundbord. Choose another folder."};
  }
  return read_meta(connection, "format").value_or("(none)");
}

void set_format(Connection& connection, std::string_view format) {
  write_meta(connection, "format", format);
}

LogError unfit_format(const std::string& found, const std::string& own) {
  const auto has = "The data here has format " + found + ", and this version of Rundbord ";
  const auto done = migrations_in(found);
  if (!done) {
    return {"data_version", has + "reads format " + own +
                                ". It is from before 1.0: use the version that wrote it, or choose "
                                "another folder."};
  }
  if (*done > migrations_in(own)) {
    return {"data_version", has + "only knows formats up to " + own +
                                ". Use a newer version; nothing was changed."};
  }
  return {"data_version", has + "needs format " + own +
                              ". Start its server on this folder once: it brings the data forward "
                              "and keeps a copy."};
}

std::string require_format(Connection& connection) {
  const auto format = format_of(connection);
  if (format != format_version) throw unfit_format(format, std::string(format_version));
  const auto history = read_meta(connection, "history");
  if (!history || history->empty()) {
    throw LogError{"damaged", "The database is damaged: its history is missing."};
  }
  return *history;
}

void use_write_ahead_log(Connection& connection) {
  connection.run("PRAGMA journal_mode = WAL");
}

void renew_history(Connection& connection) {
  write_meta(connection, "history", new_history());
}

}  // namespace rundbord::log
