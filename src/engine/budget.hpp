// A rate with a burst: so much at once, then so much each second. Owned by whoever limits
// something; one thread. Time comes as an argument; a clock set back costs nothing but the time.
#pragma once
#include <algorithm>
#include <chrono>

#include "domain/time.hpp"

namespace rundbord::engine {

struct Rate {
  double at_once_max = 0;
  double per_second_max = 0;
};

class Budget {
 public:
  Budget(Rate rate, Time now) : rate_(rate), left_(rate.at_once_max), counted_(now) {}

  // Takes `cost`, covered or not; how long until nothing is owed any more.
  Duration take(double cost, Time now) {
    refill(now);
    left_ -= cost;
    return until(0);
  }
  // Takes `cost` only when it is covered: zero. Else how long until it will be.
  Duration try_take(double cost, Time now) {
    refill(now);
    const auto wait = until(cost);
    if (wait == Duration::zero()) left_ -= cost;
    return wait;
  }
  // How long until nothing is owed.
  Duration owed(Time now) { return take(0, now); }

 private:
  void refill(Time now) {
    const std::chrono::duration<double> passed = std::max(now - counted_, Duration::zero());
    left_ = std::min(rate_.at_once_max, left_ + passed.count() * rate_.per_second_max);
    counted_ = now;
  }
  Duration until(double needed) const {
    if (left_ >= needed) return Duration::zero();
    return std::chrono::ceil<Duration>(
        std::chrono::duration<double>((needed - left_) / rate_.per_second_max));
  }

  Rate rate_;
  double left_;
  Time counted_;
};

}  // namespace rundbord::engine
