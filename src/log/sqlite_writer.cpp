#include "log/sqlite_writer.hpp"

#include <future>
#include <utility>

#include "log/sqlite_scrub.hpp"

namespace rundbord::log {
namespace {

// Each waits a tenth of a second for readers to finish, and lets appends through in between.
constexpr int truncate_attempts_max = 600;

std::uint64_t count_stored(const std::vector<AppendResult>& results,
                           const std::vector<std::size_t>& sizes) {
  std::uint64_t stored = 0;
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (std::holds_alternative<Appended>(results[i])) stored += sizes[i];
  }
  return stored;
}

// The transaction failed: what was not refused for its own sake shares the error.
void fail_stored(std::vector<AppendResult>& results, std::size_t size, AppendError error) {
  for (auto& result : results) {
    if (std::holds_alternative<Appended>(result)) result = error;
  }
  results.resize(size, error);
}

}  // namespace

SqliteWriter::SqliteWriter(Connection connection, Options options)
    : connection_(std::move(connection)),
      tables_(std::in_place, *connection_, std::move(options.salts)),
      batch_interval_(options.batch_interval),
      wal_pages_max_(options.wal_pages_max),
      thread_([this] { work(); }) {}

SqliteWriter::~SqliteWriter() {
  finish();
}

void SqliteWriter::append(Append append, AppendDone done) {
  {
    const std::lock_guard lock(mutex_);
    if (!closing_) {
      queue_.push_back({std::move(append), std::move(done), {}});
      wake_.notify_one();
      return;
    }
  }
  done(AppendError::closed);
}

void SqliteWriter::remove(const WorkshopId& workshop) {
  do_alone([&](Connection& connection, SqliteTables& tables) {
    connection.run("BEGIN IMMEDIATE");
    tables.remove(workshop);
    connection.run("COMMIT");
  });
  scrub();
}

void SqliteWriter::scrub() {
  do_alone([](Connection& connection, SqliteTables&) { rewrite_without_remains(connection); });
  for (int attempt = 1; attempt <= truncate_attempts_max; ++attempt) {
    bool emptied = false;
    do_alone([&](Connection& connection, SqliteTables&) {
      emptied = empty_write_ahead_log(connection);
    });
    if (emptied) return;
  }
  throw LogError{"io_error",
                 "What was deleted is still in the write-ahead log, because somebody has been"
                 " reading the database for a minute."};
}

// Between appends, on the writer's thread; returns when it is done.
void SqliteWriter::do_alone(const std::function<void(Connection&, SqliteTables&)>& work) {
  std::promise<std::optional<LogError>> finished;
  auto outcome = finished.get_future();
  {
    const std::lock_guard lock(mutex_);
    if (closing_) throw LogError{"io_error", "The log is closed."};
    queue_.push_back({{}, {}, [&](SqliteWriter& self) { finished.set_value(self.attempt(work)); }});
    wake_.notify_one();
  }
  if (const auto error = outcome.get()) throw *error;
}

void SqliteWriter::limit_pages(std::uint32_t pages_max) {
  pages_max_ = pages_max;
}

WriterCounts SqliteWriter::counts() const {
  return {transactions_, commits_};
}

void SqliteWriter::finish() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
    wake_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
}

void SqliteWriter::close_database() {
  tables_.reset();
  connection_.reset();
}

void SqliteWriter::work() {
  while (true) {
    auto batch = next_batch();
    if (batch.empty()) return;
    last_start_ = std::chrono::steady_clock::now();
    if (batch.front().alone) {
      batch.front().alone(*this);
    } else {
      write(std::move(batch));
    }
    if (connection_->wal_pages() >= wal_pages_max_) connection_->checkpoint();
  }
}

// Waits for work, then for its time; empty when the log is closed.
std::vector<SqliteWriter::Job> SqliteWriter::next_batch() {
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [this] { return closing_ || !queue_.empty(); });
  wake_.wait_until(lock, last_start_ + batch_interval_, [this] { return closing_; });
  return take_batch();
}

std::vector<SqliteWriter::Job> SqliteWriter::take_batch() {
  std::vector<Job> batch;
  std::size_t commits = 0;
  while (!queue_.empty()) {
    auto& job = queue_.front();
    commits += job.append.commits.size();
    if (!batch.empty() && (job.alone || commits > batch_commits_max)) break;
    batch.push_back(std::move(job));
    queue_.pop_front();
    if (batch.back().alone) break;
  }
  return batch;
}

void SqliteWriter::write(std::vector<Job> batch) {
  const auto results = store(batch);
  for (std::size_t i = 0; i < batch.size(); ++i) batch[i].done(results[i]);
}

std::vector<AppendResult> SqliteWriter::store(std::vector<Job>& batch) {
  std::vector<AppendResult> results;
  std::vector<std::size_t> sizes;
  try {
    apply_page_limit();
    connection_->run("BEGIN IMMEDIATE");
    for (auto& job : batch) {
      sizes.push_back(job.append.commits.size());
      results.push_back(tables_->store(job.append));
    }
    connection_->run("COMMIT");
    ++transactions_;
    commits_ += count_stored(results, sizes);
  } catch (const SqliteError& error) {
    connection_->roll_back();
    tables_->forget();
    fail_stored(results, batch.size(), append_error(error));
  }
  return results;
}

std::optional<LogError> SqliteWriter::attempt(
    const std::function<void(Connection&, SqliteTables&)>& work) {
  try {
    work(*connection_, *tables_);
    return std::nullopt;
  } catch (const SqliteError& error) {
    connection_->roll_back();
    tables_->forget();
    return log_error(error);
  }
}

void SqliteWriter::apply_page_limit() {
  const auto pages_max = pages_max_.load();
  if (pages_max == applied_pages_max_) return;
  connection_->limit_pages(pages_max);
  applied_pages_max_ = pages_max;
}

}  // namespace rundbord::log
