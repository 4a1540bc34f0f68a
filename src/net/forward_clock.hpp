// The system's clock made to go forwards only: set back, it goes on at the pace of the steady clock
// until the system's has caught up. Owned by a loop; io thread.
#pragma once
#include <algorithm>
#include <optional>

#include "domain/time.hpp"

namespace rundbord::net {

class ForwardClock {
 public:
  // `steady`: since any one moment, the same for all calls; it never runs backwards.
  Time read(Time system, Duration steady) {
    const auto carried_on = read_ ? *read_ + (steady - steady_) : system;
    read_ = std::max(system, carried_on);
    steady_ = steady;
    return *read_;
  }

 private:
  std::optional<Time> read_;  // what was answered last …
  Duration steady_{};         // … and when
};

}  // namespace rundbord::net
