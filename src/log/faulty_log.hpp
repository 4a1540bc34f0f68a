// A log that misbehaves on request, around another one that stores: appends that fail, answers that
// come late, a crash that loses what was not synced. Owned by the test that drives it; any thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

#include "log/event_log.hpp"

namespace rundbord::log {

struct Fault {
  std::uint64_t nth = 0;  // which append fails: 1 is the first since the log was made
  AppendError error = AppendError::io_error;
  // A failed sync leaves it open whether the commit is on the disk: here it is, though the answer
  // says otherwise. Later appends of its workshop would fit and fail all the same, until read().
  bool stored_anyway = false;
};

class FaultyLog final : public EventLog {
 public:
  static constexpr auto all = std::numeric_limits<std::size_t>::max();

  explicit FaultyLog(std::unique_ptr<EventLog> inner);

  void fail(Fault fault);
  // The next append that is made.
  void fail_next(AppendError error, bool stored_anyway = false);
  // Every append from now on, until heal(): a disk that is full or gone.
  void fail_all(AppendError error);
  void heal();

  // From now on appends wait, first unsynced, then stored without having been answered.
  void hold();
  void sync(std::size_t count = all);     // stores the oldest unsynced
  void deliver(std::size_t count = all);  // answers the oldest stored
  void release();                         // sync, deliver, and no more holding
  std::size_t unsynced() const;
  std::size_t undelivered() const;

  // The machine stops and starts again: what is unsynced is lost, nobody is answered, the faults
  // are over. Use it while holding: without, the inner log has answered everything already.
  void crash();

  void append(Append append, AppendDone done) override;
  void read(const WorkshopId& workshop, std::uint64_t from,
            const std::function<bool(const StoredCommit&)>& visit) override;
  std::uint64_t last_seq(const WorkshopId& workshop) override;
  std::vector<WorkshopId> workshops() override;
  std::optional<Row> row(std::string_view table, std::string_view key) override;
  std::vector<Row> rows(const WorkshopId& workshop, std::string_view table) override;
  KeptSnapshot snapshot(const WorkshopId& workshop) override;
  bool keep_snapshot(const WorkshopId& workshop, std::uint64_t drops,
                     const StateSnapshot& snapshot) override;
  void drop_snapshot(const WorkshopId& workshop) override;
  void remove(const WorkshopId& workshop) override;
  void scrub() override;
  std::string history() override;
  std::vector<Broken> verify() override;
  void close() override;

 private:
  struct Waiting {
    Append append;
    AppendDone done;
    std::optional<Fault> fault;
  };
  struct Answer {
    AppendDone done;
    AppendResult result;
  };

  std::optional<Fault> next_fault(const Append& append);
  void refuse_until_read(const WorkshopId& workshop);
  void write(Waiting waiting);

  std::unique_ptr<EventLog> inner_;
  mutable std::mutex mutex_;
  std::uint64_t appends_ = 0;
  std::vector<Fault> faults_;
  std::optional<AppendError> fails_all_;
  std::set<WorkshopId> unread_;  // since an append failed that was stored anyway
  bool holding_ = false;
  bool closed_ = false;
  std::deque<Waiting> unsynced_;
  std::deque<Answer> undelivered_;
};

}  // namespace rundbord::log
