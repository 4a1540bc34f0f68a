// How fast one socket is read: a burst at once, then a steady rate; what comes faster waits in TCP.
// Owned by the socket's session; io thread. Time comes as an argument.
#pragma once
#include <algorithm>
#include <chrono>

#include "domain/time.hpp"

namespace rundbord::net {

class MessageBudget {
 public:
  MessageBudget(double at_once, double per_second, Time now)
      : at_once_(at_once), per_second_(per_second), left_(at_once), counted_(now) {}

  // Takes one message; how long to wait before reading the next.
  Duration take(Time now) {
    const std::chrono::duration<double> passed = std::max(now - counted_, Duration::zero());
    left_ = std::min(at_once_, left_ + passed.count() * per_second_) - 1;
    counted_ = now;
    if (left_ >= 0) return Duration::zero();
    return std::chrono::ceil<Duration>(std::chrono::duration<double>(-left_ / per_second_));
  }

 private:
  double at_once_;
  double per_second_;
  double left_;
  Time counted_;
};

}  // namespace rundbord::net
