// How fast one socket is read: a burst at once, then a steady rate, long messages counting for
// more; what comes faster waits in TCP. Owned by the socket's session; io thread. Time comes as an
// argument.
#pragma once
#include <algorithm>
#include <chrono>
#include <cstddef>

#include "domain/time.hpp"

namespace rundbord::net {

class MessageBudget {
 public:
  MessageBudget(double at_once, double per_second, Time now)
      : at_once_(at_once), per_second_(per_second), left_(at_once), counted_(now) {}

  // Takes one message; how long to wait before reading the next.
  Duration take(std::size_t bytes, Time now) {
    const double cost = 1 + static_cast<double>(bytes) / bytes_as_one_more;
    const std::chrono::duration<double> passed = std::max(now - counted_, Duration::zero());
    left_ = std::min(at_once_, left_ + passed.count() * per_second_) - cost;
    counted_ = now;
    if (left_ >= 0) return Duration::zero();
    return std::chrono::ceil<Duration>(std::chrono::duration<double>(-left_ / per_second_));
  }

 private:
  // So that a socket full of the largest messages gets about 4 MB/s at 1,000 messages/s.
  static constexpr double bytes_as_one_more = 4096;

  double at_once_;
  double per_second_;
  double left_;
  Time counted_;
};

}  // namespace rundbord::net
