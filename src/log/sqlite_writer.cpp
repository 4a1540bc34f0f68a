#include "log/sqlite_writer.hpp"

#include <future>
#include <utility>

#include "log/sqlite_scrub.hpp"

namespace rundbord::log {
namespace {

// Each waits a tenth of a second for readers to finish, and lets appends through in between.
constexpr int truncate_attempts_max = 600;

template <class Jobs>
std::size_t commits_in(const Jobs& batch) {
  std::size_t commits = 0;
  for (const auto& job : batch) commits += job.append.commits.size();
  return commits;
}

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
    : options_(std::move(options)),
      connection_(std::move(connection)),
      tables_(std::in_place, *connection_, options_.salts),
      pace_(options_.batch_interval, options_.batch_interval_max),
      thread_([this] { work(); }) {}

SqliteWriter::~SqliteWriter() {
  finish();
}

void SqliteWriter::append(Append append, AppendDone done) {
  {
    const std::lock_guard lock(mutex_);
    if (!closing_) {
      const bool refused = unread_.count(append.workshop) > 0;
      queue_.push_back({std::move(append), std::move(done), {}, refused});
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
    queue_.push_back(
        {{}, {}, [&](SqliteWriter& self) { finished.set_value(self.attempt(work)); }, false});
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
    closed_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
}

void SqliteWriter::close_database() {
  tables_.reset();
  connection_.reset();
}

void SqliteWriter::work() {
  while (auto batch = next_batch()) {
    open_anew_if_due();
    if (!batch->empty()) perform(std::move(*batch));
  }
}

void SqliteWriter::perform(std::vector<Job> batch) {
  pace_.begins(BatchPace::Clock::now(), commits_in(batch));
  if (batch.front().alone) {
    batch.front().alone(*this);
  } else {
    write(std::move(batch));
  }
  if (connection_ && connection_->wal_pages() >= options_.wal_pages_max) connection_->checkpoint();
  open_anew_if_sync_failed();
}

// Waits for work, then for its time. Empty: it is time to open the database anew; nothing: the log
// is closed.
std::optional<std::vector<SqliteWriter::Job>> SqliteWriter::next_batch() {
  std::unique_lock lock(mutex_);
  const auto due = [this] { return closing_ || !queue_.empty(); };
  if (connection_) {
    wake_.wait(lock, due);
  } else {
    wake_.wait_until(lock, next_opening_, due);
  }
  if (queue_.empty() && closing_) return std::nullopt;
  if (queue_.empty()) return std::vector<Job>();
  // Not by wake_: each append meanwhile would wake this thread for nothing.
  closed_.wait_until(lock, pace_.next(), [this] { return closing_; });
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

// Opened anew before the answers: who then reads its stream again finds what will be there.
void SqliteWriter::write(std::vector<Job> batch) {
  const auto results = store(batch);
  if (connection_ && connection_->sync_failed()) {
    refuse_until_read(batch);
    open_anew();
  }
  for (std::size_t i = 0; i < batch.size(); ++i) batch[i].done(results[i]);
}

std::vector<AppendResult> SqliteWriter::store(std::vector<Job>& batch) {
  std::vector<AppendResult> results;
  std::vector<std::size_t> sizes;
  if (!connection_) {
    const bool full = unusable_.code == "disk_full";
    results.resize(batch.size(), full ? AppendError::disk_full : AppendError::io_error);
    return results;
  }
  try {
    apply_page_limit();
    connection_->run("BEGIN IMMEDIATE");
    for (auto& job : batch) {
      sizes.push_back(job.append.commits.size());
      const bool refused = job.refused && !job.append.commits.empty();
      results.push_back(refused ? AppendError::wrong_seq : tables_->store(job.append));
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
  if (!connection_) return unusable_;
  std::optional<LogError> failure;
  try {
    work(*connection_, *tables_);
  } catch (const SqliteError& error) {
    connection_->roll_back();
    tables_->forget();
    failure = log_error(error);
  }
  open_anew_if_sync_failed();
  return failure;
}

// Opened anew, the log may hold what was answered with an error; what was to follow it would fit.
void SqliteWriter::refuse_until_read(const std::vector<Job>& batch) {
  const std::lock_guard lock(mutex_);
  for (const auto& job : batch) unread_.insert(job.append.workshop);
  for (auto& job : queue_) job.refused = job.refused || unread_.count(job.append.workshop) > 0;
}

void SqliteWriter::expect(const WorkshopId& workshop) {
  const std::lock_guard lock(mutex_);
  unread_.erase(workshop);
}

void SqliteWriter::open_anew_if_sync_failed() {
  if (connection_ && connection_->sync_failed()) open_anew();
}

void SqliteWriter::open_anew_if_due() {
  if (!connection_ && std::chrono::steady_clock::now() >= next_opening_) open_anew();
}

void SqliteWriter::open_anew() {
  tables_.reset();
  connection_.reset();
  applied_pages_max_ = 0;
  try {
    connection_.emplace(options_.open_anew());
    tables_.emplace(*connection_, options_.salts);
    return;
  } catch (const SqliteError& error) {
    unusable_ = log_error(error);
  } catch (const LogError& error) {
    unusable_ = error;
  }
  tables_.reset();
  connection_.reset();
  next_opening_ = std::chrono::steady_clock::now() + options_.open_anew_every;
}

void SqliteWriter::apply_page_limit() {
  const auto pages_max = pages_max_.load();
  if (pages_max == applied_pages_max_) return;
  connection_->limit_pages(pages_max);
  applied_pages_max_ = pages_max;
}

}  // namespace rundbord::log
