// The one thread that writes: gathers appends into transactions, syncs, answers. Owned by
// SqliteLog, which stops it; any thread may hand over work.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "log/event_log.hpp"
#include "log/sqlite_connection.hpp"
#include "log/sqlite_tables.hpp"

namespace rundbord::log {

struct WriterCounts {
  std::uint64_t transactions = 0;  // that were synced
  std::uint64_t commits = 0;       // in them
};

class SqliteWriter {
 public:
  // At most this many commits in a transaction, or one append that has more: a larger one delays
  // everybody's answer.
  static constexpr std::size_t batch_commits_max = 256;
  struct Options {
    SaltSource salts;
    // From the start of one transaction to the start of the next.
    std::chrono::milliseconds batch_interval;
    int wal_pages_max;
  };
  SqliteWriter(Connection connection, Options options);
  ~SqliteWriter();

  void append(Append append, AppendDone done);
  // These return when it is done; throw LogError.
  void remove(const WorkshopId& workshop);
  void scrub();
  void limit_pages(std::uint32_t pages_max);
  WriterCounts counts() const;
  void finish();          // what is queued is written, what comes now is refused
  void close_database();  // after finish()

 private:
  struct Job {
    Append append;
    AppendDone done;
    // Set: not an append, but work that stands alone: the removal of append.workshop, or a scrub.
    std::function<void(SqliteWriter&)> alone;
  };

  void work();
  std::vector<Job> next_batch();
  std::vector<Job> take_batch();
  void write(std::vector<Job> batch);
  std::vector<AppendResult> store(std::vector<Job>& batch);
  void do_alone(const std::function<void(Connection&, SqliteTables&)>& work);
  std::optional<LogError> attempt(const std::function<void(Connection&, SqliteTables&)>& work);
  void apply_page_limit();

  std::optional<Connection> connection_;
  std::optional<SqliteTables> tables_;
  const std::chrono::milliseconds batch_interval_;
  const int wal_pages_max_;
  std::chrono::steady_clock::time_point last_start_{};
  std::uint32_t applied_pages_max_ = 0;
  std::atomic<std::uint32_t> pages_max_{0};
  std::atomic<std::uint64_t> transactions_{0};
  std::atomic<std::uint64_t> commits_{0};

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> queue_;
  bool closing_ = false;
  std::thread thread_;  // last: it uses everything above
};

}  // namespace rundbord::log
