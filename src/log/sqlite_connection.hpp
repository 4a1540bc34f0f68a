// The only place that calls SQLite: a connection, a prepared statement, their errors. Each is owned
// by the class that made it and used by one thread at a time.
#pragma once
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "log/event_log.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace rundbord::log {

// Thrown here, turned into an AppendError or a LogError before it leaves the log.
struct SqliteError {
  int code = 0;          // SQLite's extended result code
  int system_errno = 0;  // what the operating system said, 0 when it was not asked
  std::string message;
};
AppendError append_error(const SqliteError& error);
LogError log_error(const SqliteError& error);
bool is_damage(const SqliteError& error);
bool is_io_error(const SqliteError& error);  // nothing is known of what could not be read
SqliteError io_failure(std::string message);
int last_system_errno();  // of SQLite's file layer; 0 when it cannot tell

class Connection {
 public:
  enum class Access {
    read,   // never writes the database, not even when it is the last to close
    copy,   // the same, but into another database it may
    write,  // the file must exist
    create,
  };
  Connection(const std::filesystem::path& file, Access access);

  // Statements without parameters or results.
  void run(const char* sql);
  // Ends a transaction that failed; SQLite may have ended it already. Never throws.
  void roll_back() noexcept;
  // Never above `pages_max` pages of 4 KiB; 0: no limit of our own.
  void limit_pages(std::uint32_t pages_max);
  // Whatever runs on it fails soon after `stop` becomes true, which must outlive it; any thread may
  // set it.
  void stop_when(const std::atomic<bool>& stop);
  // Moves what the write-ahead log holds into the database as far as readers allow.
  void checkpoint() noexcept;
  // The same, waiting for readers a moment, and empties the write-ahead log file.
  // False: somebody reads an older state, or writing failed.
  bool checkpoint_and_truncate() noexcept;
  // Pages in the write-ahead log after the last commit on this connection.
  int wal_pages() const { return *wal_pages_; }
  // Once a sync failed it stays so: pages may be held for clean that are not on the disk. Nothing
  // may be written any more; closing moves nothing into the database.
  bool sync_failed() const { return sync_failed_; }

  sqlite3* handle() { return handle_.get(); }
  SqliteError error(const std::string& doing);

 private:
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  bool checkpoint(int mode) noexcept;
  void leave_as_it_is_on_close() noexcept;
  void note_failed_sync(int code) noexcept;

  bool sync_failed_ = false;
  std::unique_ptr<int> wal_pages_;  // SQLite holds its address: it must not move
  std::unique_ptr<sqlite3, Close> handle_;
};

class Statement {
 public:
  Statement(Connection& connection, std::string_view sql);

  // Parameters count from 1. Bytes are not copied: they must outlive the next reset().
  Statement& bind(int parameter, std::uint64_t value);
  Statement& bind_text(int parameter, std::string_view text);
  Statement& bind_blob(int parameter, std::string_view bytes);

  bool step();  // true: there is a row
  void run();   // to the end, then reset
  void reset();

  // Columns count from 0; the bytes are good until the next step() or reset().
  std::uint64_t integer(int column);
  std::string_view bytes(int column);
  bool is_null(int column);

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  void check(int code);

  Connection* connection_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

// Everything read while it lives is of one moment.
class ReadTransaction {
 public:
  explicit ReadTransaction(Connection& connection);
  ~ReadTransaction();
  ReadTransaction(const ReadTransaction&) = delete;
  ReadTransaction& operator=(const ReadTransaction&) = delete;

 private:
  Connection& connection_;
};

}  // namespace rundbord::log
