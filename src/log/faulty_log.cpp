#include "log/faulty_log.hpp"

#include <algorithm>
#include <future>
#include <utility>

#include "log/sealed_commit.hpp"

namespace rundbord::log {

FaultyLog::FaultyLog(std::unique_ptr<EventLog> inner) : inner_(std::move(inner)) {}

void FaultyLog::fail(Fault fault) {
  const std::lock_guard lock(mutex_);
  faults_.push_back(fault);
}

void FaultyLog::fail_next(AppendError error, bool stored_anyway) {
  const std::lock_guard lock(mutex_);
  faults_.push_back({appends_ + 1, error, stored_anyway});
}

void FaultyLog::fail_all(AppendError error) {
  const std::lock_guard lock(mutex_);
  fails_all_ = error;
}

void FaultyLog::heal() {
  const std::lock_guard lock(mutex_);
  faults_.clear();
  fails_all_.reset();
}

void FaultyLog::hold() {
  const std::lock_guard lock(mutex_);
  holding_ = true;
}

void FaultyLog::sync(std::size_t count) {
  for (; count > 0; --count) {
    Waiting waiting;
    {
      const std::lock_guard lock(mutex_);
      if (unsynced_.empty()) return;
      waiting = std::move(unsynced_.front());
      unsynced_.pop_front();
    }
    const auto stored = std::make_shared<std::promise<AppendResult>>();
    auto done = std::exchange(waiting.done,
                              [stored](const AppendResult& result) { stored->set_value(result); });
    write(std::move(waiting));
    auto result = stored->get_future().get();
    const std::lock_guard lock(mutex_);
    undelivered_.push_back({std::move(done), std::move(result)});
  }
}

void FaultyLog::deliver(std::size_t count) {
  for (; count > 0; --count) {
    std::optional<Answer> answer;
    {
      const std::lock_guard lock(mutex_);
      if (undelivered_.empty()) return;
      answer = std::move(undelivered_.front());
      undelivered_.pop_front();
    }
    answer->done(answer->result);
  }
}

void FaultyLog::release() {
  sync();
  deliver();
  const std::lock_guard lock(mutex_);
  holding_ = false;
}

std::size_t FaultyLog::unsynced() const {
  const std::lock_guard lock(mutex_);
  return unsynced_.size();
}

std::size_t FaultyLog::undelivered() const {
  const std::lock_guard lock(mutex_);
  return undelivered_.size();
}

void FaultyLog::crash() {
  const std::lock_guard lock(mutex_);
  unsynced_.clear();
  undelivered_.clear();
  faults_.clear();
  fails_all_.reset();
  unread_.clear();
  holding_ = false;
}

void FaultyLog::append(Append append, AppendDone done) {
  require_well_formed(append);
  Waiting waiting{std::move(append), std::move(done), std::nullopt};
  {
    const std::lock_guard lock(mutex_);
    if (!closed_) {
      waiting.fault = next_fault(waiting.append);
      if (holding_) {
        unsynced_.push_back(std::move(waiting));
        return;
      }
    }
  }
  write(std::move(waiting));
}

std::optional<Fault> FaultyLog::next_fault(const Append& append) {
  ++appends_;
  if (!append.commits.empty() && unread_.count(append.workshop) > 0) {
    return Fault{appends_, AppendError::wrong_seq, false};
  }
  const auto fault = std::find_if(faults_.begin(), faults_.end(),
                                  [&](const Fault& planned) { return planned.nth == appends_; });
  if (fault != faults_.end()) return *fault;
  if (fails_all_) return Fault{appends_, *fails_all_, false};
  return std::nullopt;
}

// Without the lock: the inner log may answer at once, and the answer may append again.
void FaultyLog::write(Waiting waiting) {
  if (!waiting.fault) {
    inner_->append(std::move(waiting.append), std::move(waiting.done));
    return;
  }
  const auto error = waiting.fault->error;
  if (!waiting.fault->stored_anyway) {
    waiting.done(error);
    return;
  }
  refuse_until_read(waiting.append.workshop);
  inner_->append(std::move(waiting.append),
                 [error, done = std::move(waiting.done)](const AppendResult&) { done(error); });
}

// Those that wait already were decided on a state that nobody vouches for, whoever reads meanwhile.
void FaultyLog::refuse_until_read(const WorkshopId& workshop) {
  const std::lock_guard lock(mutex_);
  unread_.insert(workshop);
  for (auto& waiting : unsynced_) {
    if (waiting.append.workshop != workshop || waiting.append.commits.empty()) continue;
    waiting.fault = Fault{0, AppendError::wrong_seq, false};
  }
}

void FaultyLog::read(const WorkshopId& workshop, std::uint64_t from,
                     const std::function<bool(const StoredCommit&)>& visit) {
  {
    const std::lock_guard lock(mutex_);
    unread_.erase(workshop);
  }
  inner_->read(workshop, from, visit);
}

std::uint64_t FaultyLog::last_seq(const WorkshopId& workshop) {
  return inner_->last_seq(workshop);
}

std::vector<WorkshopId> FaultyLog::workshops() {
  return inner_->workshops();
}

std::optional<Row> FaultyLog::row(std::string_view table, std::string_view key) {
  return inner_->row(table, key);
}

std::vector<Row> FaultyLog::rows(const WorkshopId& workshop, std::string_view table) {
  return inner_->rows(workshop, table);
}

KeptSnapshot FaultyLog::snapshot(const WorkshopId& workshop) {
  return inner_->snapshot(workshop);
}

bool FaultyLog::keep_snapshot(const WorkshopId& workshop, std::uint64_t drops,
                              const StateSnapshot& snapshot) {
  return inner_->keep_snapshot(workshop, drops, snapshot);
}

void FaultyLog::drop_snapshot(const WorkshopId& workshop) {
  inner_->drop_snapshot(workshop);
}

void FaultyLog::remove(const WorkshopId& workshop) {
  sync();  // it comes after the appends made before it
  inner_->remove(workshop);
}

void FaultyLog::scrub() {
  sync();
  inner_->scrub();
}

std::string FaultyLog::history() {
  return inner_->history();
}

std::vector<Broken> FaultyLog::verify() {
  return inner_->verify();
}

void FaultyLog::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  release();
  inner_->close();
}

}  // namespace rundbord::log
