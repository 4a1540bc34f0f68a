// Virtual time: what is to happen and when. Nothing waits; time jumps to what comes next. Owned by
// the world; one thread.
#pragma once
#include <algorithm>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "domain/time.hpp"

namespace rundbord::sim {

class Scheduler {
 public:
  using Task = std::function<void()>;

  // True time, which never jumps; what a machine's clock says is the Wall's business.
  Time now() const { return now_; }

  void at(Time when, Task task) {
    waiting_.push_back({std::max(when, now_), drawn_++, std::move(task)});
    std::push_heap(waiting_.begin(), waiting_.end(), later);
  }
  void after(Duration wait, Task task) { at(now_ + wait, std::move(task)); }

  // Does what comes next. False when that is after `until`: then it is `until`.
  bool run_next(Time until) {
    if (waiting_.empty() || waiting_.front().when > until) {
      now_ = std::max(now_, until);
      return false;
    }
    std::pop_heap(waiting_.begin(), waiting_.end(), later);
    auto next = std::move(waiting_.back());
    waiting_.pop_back();
    at_this_time_ = next.when == now_ ? at_this_time_ + 1 : 0;
    now_ = next.when;
    next.task();
    return true;
  }

  // So much was done at one time that somebody must be asking for it again and again.
  bool stands_still() const { return at_this_time_ > 100'000; }

 private:
  struct Waiting {
    Time when;
    std::uint64_t order;  // what was asked for first comes first
    Task task;
  };
  static bool later(const Waiting& one, const Waiting& other) {
    return std::pair(one.when, one.order) > std::pair(other.when, other.order);
  }

  Time now_{std::chrono::hours(500'000)};
  std::uint64_t drawn_ = 0;
  std::uint64_t at_this_time_ = 0;
  std::vector<Waiting> waiting_;
};

// The clock on the server's wall. It can be set, as people and time services do.
struct Wall {
  const Scheduler& scheduler;
  Duration ahead{0};
  Time now() const { return scheduler.now() + ahead; }
};

}  // namespace rundbord::sim
