// A step's clock: what running, pausing and adding time make of it. Pure functions over plain
// values: any thread.
#pragma once
#include <optional>

#include "domain/room.hpp"

namespace rundbord {

Clock running_for(Duration length, Time now);
// Below zero in overtime; nothing without a clock.
std::optional<Duration> time_left(const Clock& clock, Time now);
// What the bar is a part of; zero without a clock.
Duration total_of(const Clock& clock);
// A clock that does not run stays as it is, and one that runs already stays so too.
Clock paused(const Clock& clock, Time now);
Clock resumed(const Clock& clock, Time now);
// In overtime added time counts from now, since "one more minute" means one from now on; taking
// time away ends the clock now at the earliest.
Clock with_time_added(const Clock& clock, Duration by, Time now);

}  // namespace rundbord
