#include "domain/clock.hpp"

#include <algorithm>

namespace rundbord {
namespace {

Duration left_after(Duration left, Duration by) {
  const Duration zero{0};
  return by > zero ? std::max(left, zero) + by : std::max(left + by, std::min(left, zero));
}

}  // namespace

Clock running_for(Duration length, Time now) {
  return RunningClock{now + length, length};
}

std::optional<Duration> time_left(const Clock& clock, Time now) {
  if (const auto* running = std::get_if<RunningClock>(&clock)) return running->ends_at - now;
  if (const auto* paused = std::get_if<PausedClock>(&clock)) return paused->left;
  return std::nullopt;
}

Duration total_of(const Clock& clock) {
  if (const auto* running = std::get_if<RunningClock>(&clock)) return running->total;
  if (const auto* paused = std::get_if<PausedClock>(&clock)) return paused->total;
  return Duration{0};
}

Clock paused(const Clock& clock, Time now) {
  const auto* running = std::get_if<RunningClock>(&clock);
  if (!running) return clock;
  return PausedClock{running->ends_at - now, running->total};
}

Clock resumed(const Clock& clock, Time now) {
  const auto* paused = std::get_if<PausedClock>(&clock);
  if (!paused) return clock;
  return RunningClock{now + paused->left, paused->total};
}

Clock with_time_added(const Clock& clock, Duration by, Time now) {
  const auto left = time_left(clock, now);
  if (!left) return clock;
  const auto new_left = left_after(*left, by);
  if (new_left == *left) return clock;
  const auto total = std::max(total_of(clock) + by, Duration{0});
  if (std::holds_alternative<RunningClock>(clock)) return RunningClock{now + new_left, total};
  return PausedClock{new_left, total};
}

}  // namespace rundbord
