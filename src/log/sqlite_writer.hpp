// The one thread that writes: gathers appends into transactions, syncs, answers. After a sync
// that failed it writes no more before the database was opened anew, which it tries by itself.
// Owned by SqliteLog, which stops it; any thread may hand over work.
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
#include <set>
#include <thread>
#include <vector>

#include "log/batch_pace.hpp"
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
    // From the start of one transaction to the start of the next, when calm and when busy.
    std::chrono::milliseconds batch_interval;
    std::chrono::milliseconds batch_interval_max;
    int wal_pages_max;
    // Opens the database anew after a sync failed, when this thread has closed its connection.
    // Throws LogError or SqliteError; then it is called again.
    std::function<Connection()> open_anew;
    std::chrono::milliseconds open_anew_every;
  };
  SqliteWriter(Connection connection, Options options);
  ~SqliteWriter();

  void append(Append append, AppendDone done);
  // These return when it is done; throw LogError.
  void remove(const WorkshopId& workshop);
  void scrub();
  void limit_pages(std::uint32_t pages_max);
  WriterCounts counts() const;
  // The workshop's owner reads its stream again.
  void expect(const WorkshopId& workshop);
  void finish();          // what is queued is written, what comes now is refused
  void close_database();  // after finish()

 private:
  struct Job {
    Append append;
    AppendDone done;
    // Set: not an append, but work that stands alone: the removal of append.workshop, or a scrub.
    std::function<void(SqliteWriter&)> alone;
    bool refused = false;  // decided on a state that nobody vouches for
  };

  void work();
  void perform(std::vector<Job> batch);
  std::optional<std::vector<Job>> next_batch();
  std::vector<Job> take_batch();
  void write(std::vector<Job> batch);
  std::vector<AppendResult> store(std::vector<Job>& batch);
  void refuse_until_read(const std::vector<Job>& batch);
  void open_anew_if_sync_failed();
  void open_anew_if_due();
  void open_anew();
  void do_alone(const std::function<void(Connection&, SqliteTables&)>& work);
  std::optional<LogError> attempt(const std::function<void(Connection&, SqliteTables&)>& work);
  void apply_page_limit();

  const Options options_;
  // Nothing while a sync has failed and the database could not be opened anew.
  std::optional<Connection> connection_;
  std::optional<SqliteTables> tables_;
  LogError unusable_;  // why not
  std::chrono::steady_clock::time_point next_opening_{};
  BatchPace pace_;
  std::uint32_t applied_pages_max_ = 0;
  std::atomic<std::uint32_t> pages_max_{0};
  std::atomic<std::uint64_t> transactions_{0};
  std::atomic<std::uint64_t> commits_{0};

  std::mutex mutex_;
  std::condition_variable wake_;    // there is work, or closing_
  std::condition_variable closed_;  // closing_
  std::deque<Job> queue_;
  std::set<WorkshopId> unread_;  // since a commit of theirs failed that may have been stored
  bool closing_ = false;
  std::thread thread_;  // last: it uses everything above
};

}  // namespace rundbord::log
