// How far apart a log's transactions start: the more comes in, the longer, for each costs a sync
// whatever it holds, and what comes meanwhile shares the next one. One thread.
#pragma once
#include <algorithm>
#include <chrono>
#include <cstddef>

namespace rundbord::log {

class BatchPace {
 public:
  using Clock = std::chrono::steady_clock;

  // Up to here as close as `least`: at most as many syncs. Beyond it, in proportion.
  static constexpr double calm_commits_per_second = 500;

  BatchPace(std::chrono::milliseconds least, std::chrono::milliseconds most)
      : least_(least), most_(std::max(least, most)), wait_(least) {}

  // A transaction starts with all that has come since the one before it.
  void begins(Clock::time_point now, std::size_t commits) {
    const std::chrono::duration<double> passed = now - last_start_;
    last_start_ = now;
    if (passed.count() <= 0) return;
    const double load = static_cast<double>(commits) / passed.count() / calm_commits_per_second;
    wait_ = std::clamp(least_ * load, Wait(least_), Wait(most_));
  }
  // The first after a pause finds it in the past.
  Clock::time_point next() const {
    return last_start_ + std::chrono::duration_cast<Clock::duration>(wait_);
  }

 private:
  using Wait = std::chrono::duration<double, std::milli>;

  std::chrono::milliseconds least_;
  std::chrono::milliseconds most_;
  Wait wait_;
  Clock::time_point last_start_{};
};

}  // namespace rundbord::log
