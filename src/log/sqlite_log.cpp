#include "log/sqlite_log.hpp"

#include <mutex>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <utility>

#include "log/sealed_commit.hpp"
#include "log/snapshot_files.hpp"
#include "log/sqlite_connection.hpp"
#include "log/sqlite_migrations.hpp"
#include "log/sqlite_reader.hpp"
#include "log/sqlite_schema.hpp"
#include "log/sqlite_scrub.hpp"
#include "log/sqlite_writer.hpp"
#include "log/wal_renewal.hpp"

namespace rundbord::log {

struct SqliteLog::Parts {
  std::mutex closing;
  std::optional<FolderLock> lock;
  std::string history;
  std::unique_ptr<SqliteReader> reader;  // before the writer, which pauses it
  std::unique_ptr<SqliteWriter> writer;
  std::optional<SnapshotFiles> snapshots;
};

namespace {

Connection open_for_serving(const SqliteOptions& options, std::string& history) {
  renew_write_ahead_log(database_file(options.folder), options.folder_calls);
  Connection connection(database_file(options.folder), Connection::Access::create);
  create_tables_if_empty(connection);
  bring_forward(connection, options.folder);
  history = require_format(connection);
  use_write_ahead_log(connection);
  // What was deleted when the last process ended in the middle of it.
  if (is_scrub_due(connection)) scrub_now(connection);
  // SQLite syncs the names of files it makes too, but does not look whether that failed.
  options.folder_calls.sync(options.folder);
  return connection;
}

// Those who were reading when the last process ended are done soon.
Connection open_when_nobody_reads(const SqliteOptions& options, std::string& history) {
  constexpr auto wait_max = std::chrono::seconds(10);
  constexpr auto wait_once = std::chrono::milliseconds(50);
  const auto until = std::chrono::steady_clock::now() + wait_max;
  while (true) {
    try {
      return open_for_serving(options, history);
    } catch (const LogError& error) {
      if (error.code != "data_in_use" || std::chrono::steady_clock::now() > until) throw;
    }
    std::this_thread::sleep_for(wait_once);
  }
}

// Readers too must let go of the files; they come back only when it has worked.
SqliteWriter::Options writing(const SqliteOptions& options, SqliteReader& reader) {
  const auto open_anew = [options, &reader] {
    reader.pause();
    std::string history;
    auto connection = open_for_serving(options, history);
    reader.resume();
    return connection;
  };
  return {options.salts, options.batch_interval, options.batch_interval_max, options.wal_pages_max,
          open_anew,     options.open_anew_every};
}

std::string history_for_reading(const std::filesystem::path& folder) {
  std::error_code error;
  if (!std::filesystem::exists(database_file(folder), error)) {
    throw LogError{"data_missing", "There is no Rundbord data in " + folder.string() + "."};
  }
  Connection connection(database_file(folder), Connection::Access::read);
  return require_format(connection);
}

}  // namespace

SqliteLog::SqliteLog(SqliteOptions options) : parts_(std::make_unique<Parts>()) {
  try {
    parts_->reader = std::make_unique<SqliteReader>(database_file(options.folder));
    if (options.mode == SqliteOptions::Mode::serve) {
      make_folder(options.folder);
      parts_->lock.emplace(options.folder);
      auto connection = open_when_nobody_reads(options, parts_->history);
      parts_->writer =
          std::make_unique<SqliteWriter>(std::move(connection), writing(options, *parts_->reader));
    } else {
      parts_->history = history_for_reading(options.folder);
    }
    parts_->snapshots.emplace(options.folder, parts_->history);
  } catch (const SqliteError& error) {
    throw log_error(error);
  }
}

SqliteLog::~SqliteLog() {
  close();
}

void SqliteLog::append(Append append, AppendDone done) {
  require_well_formed(append);
  if (!parts_->writer) throw std::logic_error("this log was opened for reading only");
  parts_->writer->append(std::move(append), std::move(done));
}

void SqliteLog::read(const WorkshopId& workshop, std::uint64_t from,
                     const std::function<bool(const StoredCommit&)>& visit) {
  if (parts_->writer) parts_->writer->expect(workshop);
  parts_->reader->read(workshop, from, visit);
}

std::uint64_t SqliteLog::last_seq(const WorkshopId& workshop) {
  return parts_->reader->last_seq(workshop);
}

std::vector<WorkshopId> SqliteLog::workshops() {
  return parts_->reader->workshops();
}

std::optional<Row> SqliteLog::row(std::string_view table, std::string_view key) {
  return parts_->reader->row(table, key);
}

std::vector<Row> SqliteLog::rows(const WorkshopId& workshop, std::string_view table) {
  return parts_->reader->rows(workshop, table);
}

KeptSnapshot SqliteLog::snapshot(const WorkshopId& workshop) {
  return parts_->snapshots->read(workshop);
}

bool SqliteLog::keep_snapshot(const WorkshopId& workshop, std::uint64_t drops,
                              const StateSnapshot& snapshot) {
  if (!parts_->writer) throw std::logic_error("this log was opened for reading only");
  return parts_->snapshots->keep(workshop, drops, snapshot);
}

void SqliteLog::drop_snapshot(const WorkshopId& workshop) {
  parts_->snapshots->drop(workshop);
}

// The snapshot first: should we stop in between, no text is left that the tables have lost.
void SqliteLog::remove(const WorkshopId& workshop) {
  if (!parts_->writer) throw std::logic_error("this log was opened for reading only");
  drop_snapshot(workshop);
  parts_->writer->remove(workshop);
  drop_snapshot(workshop);
}

void SqliteLog::scrub() {
  if (!parts_->writer) throw std::logic_error("this log was opened for reading only");
  parts_->writer->scrub();
}

std::string SqliteLog::history() {
  return parts_->history;
}

std::vector<Broken> SqliteLog::verify() {
  return parts_->reader->verify();
}

// The writer's connection is the last to close: it empties the write-ahead log. Then the lock.
void SqliteLog::close() {
  const std::lock_guard closing(parts_->closing);
  if (parts_->writer) parts_->writer->finish();
  if (parts_->reader) parts_->reader->close();
  if (parts_->writer) parts_->writer->close_database();
  parts_->lock.reset();
}

void SqliteLog::limit_pages(std::uint32_t pages_max) {
  if (parts_->writer) parts_->writer->limit_pages(pages_max);
}

SqliteLog::Counts SqliteLog::counts() const {
  if (!parts_->writer) return {};
  const auto counts = parts_->writer->counts();
  return {counts.transactions, counts.commits};
}

}  // namespace rundbord::log
