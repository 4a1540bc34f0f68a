// The pace of a thread that plays until it is told to end. Owned by whoever owns the thread; end()
// from any thread.
#pragma once
#include <condition_variable>
#include <mutex>

#include "domain/time.hpp"

namespace rundbord::bench {

class UntilEnded {
 public:
  // True after `pace`, false at once when the end has come.
  bool next_turn(Duration pace) {
    std::unique_lock lock(mutex_);
    return !told_.wait_for(lock, pace, [this] { return ended_; });
  }
  bool ended() {
    const std::lock_guard lock(mutex_);
    return ended_;
  }
  void end() {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
    }
    told_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable told_;
  bool ended_ = false;
};

}  // namespace rundbord::bench
