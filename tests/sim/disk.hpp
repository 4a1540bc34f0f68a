// The disk under the simulated server: a log in memory behind one that holds, loses and fails.
// Owned by the world; one thread.
#pragma once
#include <deque>
#include <memory>
#include <optional>

#include "dice.hpp"
#include "judge.hpp"
#include "log/faulty_log.hpp"
#include "truth.hpp"

namespace rundbord::sim {

class Disk {
 public:
  Disk(Scheduler& scheduler, Dice& dice, Judge& judge, Truth& truth);

  log::EventLog& log() { return *log_; }
  // For work that waits for the disk on a thread of its own, which here would wait for ever: what
  // is stored by now, and what is appended is stored at once.
  log::EventLog& stored() { return *stored_; }
  // After everything the server did: sees what was appended and lets time pass over it.
  void attend();
  // Power is gone: what was not synced is lost, nobody is told anything.
  void crash();
  // Everything is stored and answered now.
  void finish();

  void fail_next(log::AppendError error, bool stored_anyway);
  void fill_for(Duration how_long, log::AppendError error);
  void heal();
  // Each write takes this much longer from now on.
  void slow_down(Duration by) { slower_ = by; }
  // When the oldest was handed over that is not on the disk yet.
  std::optional<Time> oldest_unsynced() const {
    return appended_.empty() ? std::nullopt : std::optional(appended_.front());
  }
  bool quiet() const { return log_->unsynced() == 0 && log_->undelivered() == 0; }

 private:
  void sync();
  void sync_one();
  void deliver(std::size_t count);
  Duration latency();

  Scheduler& scheduler_;
  Dice& dice_;
  Judge& judge_;
  Truth& truth_;
  log::EventLog* stored_;  // inside log_: reading it is no reading by the server
  std::unique_ptr<log::FaultyLog> log_;
  std::deque<Time> appended_;       // when each that is unsynced was handed over
  std::deque<std::uint64_t> seqs_;  // of the log when each that is undelivered was synced
  bool syncing_ = false;
  int life_ = 0;  // what was planned before a crash does not happen
  Duration slower_{0};
};

}  // namespace rundbord::sim
