#include "log/sqlite_connection.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <utility>

namespace rundbord::log {
namespace {

// Another process may hold the database for the moment in which it reads the write-ahead log anew.
constexpr int busy_wait_ms = 5000;
constexpr int truncate_wait_ms = 100;
// SQLite's own upper limit in the oldest version we meet: 4 TiB.
constexpr std::uint32_t pages_limit = 1'073'741'823;

int open_flags(Connection::Access access) {
  // Also readers must be able to write the shared index beside the database.
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  return access == Connection::Access::create ? flags | SQLITE_OPEN_CREATE : flags;
}

int note_wal_pages(void* target, sqlite3*, const char*, int pages) {
  *static_cast<int*>(target) = pages;
  return SQLITE_OK;
}

bool is_failed_sync(int code) {
  return code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC;
}

bool is_full(const SqliteError& error) {
  return (error.code & 0xff) == SQLITE_FULL || error.system_errno == ENOSPC ||
         error.system_errno == EDQUOT;
}

std::string_view not_null(std::string_view bytes) {
  return bytes.data() == nullptr ? std::string_view("") : bytes;
}

}  // namespace

bool is_damage(const SqliteError& error) {
  const int code = error.code & 0xff;
  return code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
}

bool is_io_error(const SqliteError& error) {
  return (error.code & 0xff) == SQLITE_IOERR;
}

SqliteError io_failure(std::string message) {
  return {SQLITE_IOERR, 0, std::move(message)};
}

int last_system_errno() {
  auto* const system = sqlite3_vfs_find(nullptr);
  return system->xGetLastError(system, 0, nullptr);
}

AppendError append_error(const SqliteError& error) {
  return is_full(error) ? AppendError::disk_full : AppendError::io_error;
}

LogError log_error(const SqliteError& error) {
  if (is_full(error)) {
    return {"disk_full", "The disk is full (" + error.message + "). Make room on it."};
  }
  if (is_damage(error)) {
    return {"damaged", "The database is damaged (" + error.message +
                           "). Keep a copy of the data folder and restore a backup."};
  }
  if (!is_io_error(error))
    return {"io_error", "The database cannot be used: " + error.message + "."};
  return {"io_error", "The disk could not be read or written (" + error.message +
                          "). Whether anything on it is damaged is not known."};
}

void Connection::Close::operator()(sqlite3* handle) const {
  sqlite3_close_v2(handle);
}

Connection::Connection(const std::filesystem::path& file, Access access)
    : wal_pages_(std::make_unique<int>(0)) {
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &opened, open_flags(access), nullptr);
  handle_.reset(opened);
  if (code != SQLITE_OK) throw error("opening " + file.string());
  sqlite3_busy_timeout(opened, busy_wait_ms);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  run("PRAGMA cell_size_check = ON");
  if (access == Access::read || access == Access::copy) leave_as_it_is_on_close();
  if (access == Access::read) {
    run("PRAGMA query_only = ON");
    return;
  }
  run("PRAGMA synchronous = FULL");
  run("PRAGMA secure_delete = ON");
  // Replaces SQLite's own checkpoint inside COMMIT, which would delay the answers.
  sqlite3_wal_hook(opened, note_wal_pages, wal_pages_.get());
}

void Connection::run(const char* sql) {
  if (sqlite3_exec(handle(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) throw error(sql);
}

void Connection::roll_back() noexcept {
  if (sqlite3_get_autocommit(handle()) != 0) return;
  sqlite3_exec(handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Connection::limit_pages(std::uint32_t pages_max) {
  const auto pages = std::to_string(pages_max == 0 ? pages_limit : pages_max);
  run(("PRAGMA max_page_count = " + pages).c_str());
}

void Connection::stop_when(const std::atomic<bool>& stop) {
  // A few rows of a stream: far less than a millisecond.
  constexpr int steps_between = 1000;
  sqlite3_progress_handler(
      handle(), steps_between,
      [](void* asked) { return static_cast<const std::atomic<bool>*>(asked)->load() ? 1 : 0; },
      const_cast<std::atomic<bool>*>(&stop));
}

// A checkpoint that fails is tried again after the next commit; nothing is lost by it, unless a
// sync failed.
void Connection::checkpoint() noexcept {
  checkpoint(SQLITE_CHECKPOINT_PASSIVE);
}

bool Connection::checkpoint_and_truncate() noexcept {
  sqlite3_busy_timeout(handle(), truncate_wait_ms);
  const bool done = checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
  sqlite3_busy_timeout(handle(), busy_wait_ms);
  return done;
}

bool Connection::checkpoint(int mode) noexcept {
  const int code = sqlite3_wal_checkpoint_v2(handle(), nullptr, mode, nullptr, nullptr);
  note_failed_sync(code);
  return code == SQLITE_OK;
}

void Connection::leave_as_it_is_on_close() noexcept {
  sqlite3_db_config(handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

void Connection::note_failed_sync(int code) noexcept {
  if (!is_failed_sync(code)) return;
  sync_failed_ = true;
  leave_as_it_is_on_close();
}

SqliteError Connection::error(const std::string& doing) {
  if (!handle()) return {SQLITE_NOMEM, 0, doing + ": out of memory"};
  const int code = sqlite3_extended_errcode(handle());
  note_failed_sync(code);
  // The system's last error says nothing when the failure was not its own.
  const bool asked_system = (code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN;
  int system_errno = asked_system ? sqlite3_system_errno(handle()) : 0;
  // SQLite does not note it when a COMMIT fails: then a disk that is full would seem broken.
  if (asked_system && system_errno == 0) system_errno = last_system_errno();
  return {code, system_errno, doing + ": " + sqlite3_errmsg(handle())};
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Statement::Statement(Connection& connection, std::string_view sql) : connection_(&connection) {
  sqlite3_stmt* prepared = nullptr;
  const int code = sqlite3_prepare_v2(connection.handle(), sql.data(), static_cast<int>(sql.size()),
                                      &prepared, nullptr);
  statement_.reset(prepared);
  check(code);
}

Statement& Statement::bind(int parameter, std::uint64_t value) {
  check(sqlite3_bind_int64(statement_.get(), parameter, static_cast<sqlite3_int64>(value)));
  return *this;
}

Statement& Statement::bind_text(int parameter, std::string_view text) {
  const auto bytes = not_null(text);  // a null pointer would be stored as NULL
  check(sqlite3_bind_text64(statement_.get(), parameter, bytes.data(), bytes.size(), SQLITE_STATIC,
                            SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind_blob(int parameter, std::string_view blob) {
  const auto bytes = not_null(blob);
  check(
      sqlite3_bind_blob64(statement_.get(), parameter, bytes.data(), bytes.size(), SQLITE_STATIC));
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  auto failure = connection_->error("reading or writing");
  sqlite3_reset(statement_.get());
  throw failure;
}

void Statement::run() {
  while (step()) {
  }
  reset();
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
}

std::uint64_t Statement::integer(int column) {
  return static_cast<std::uint64_t>(sqlite3_column_int64(statement_.get(), column));
}

std::string_view Statement::bytes(int column) {
  const auto* start = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  const auto size = sqlite3_column_bytes(statement_.get(), column);
  return start ? std::string_view(start, static_cast<std::size_t>(size)) : std::string_view("");
}

bool Statement::is_null(int column) {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

void Statement::check(int code) {
  if (code != SQLITE_OK) throw connection_->error("preparing a statement");
}

ReadTransaction::ReadTransaction(Connection& connection) : connection_(connection) {
  connection.run("BEGIN");
}

ReadTransaction::~ReadTransaction() {
  connection_.roll_back();
}

}  // namespace rundbord::log
