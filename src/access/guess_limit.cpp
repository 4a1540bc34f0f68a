#include "access/guess_limit.hpp"

#include <algorithm>
#include <cmath>

namespace rundbord::access {
namespace {

double leaked(double failures, Duration passed, Duration each) {
  const double gone = static_cast<double>(std::max(passed, Duration::zero()).count()) /
                      static_cast<double>(each.count());
  return std::max(0.0, failures - gone);
}

}  // namespace

GuessLimit::Turn GuessLimit::next_turn(std::string_view address, Time now) {
  Address& from = touch(address, now);
  const bool known_good =
      from.succeeded != Time{} && now - from.succeeded < options_.success_recent_for;
  const bool crowded = crowd_failures_at(now) >= options_.crowd_failures && !known_good;
  const Duration extra = crowded ? options_.crowd_wait : Duration::zero();
  const Duration step = wait_after(from.failures);
  if (step == Duration::zero()) return {extra, false};
  const Time turn = std::max(now, from.turns_taken_until) + step;
  if (turn - now > options_.queue_max) return {turn - now, true};
  from.turns_taken_until = turn;
  return {turn - now + extra, false};
}

void GuessLimit::failed(std::string_view address, Time now) {
  Address& from = touch(address, now);
  // Bounded, so that it is forgotten within the hour.
  from.failures = std::min(from.failures + 1, options_.free_failures + 100.0);
  crowd_failures_ = std::min(crowd_failures_at(now) + 1, 2.0 * options_.crowd_failures);
  crowd_counted_ = now;
}

void GuessLimit::succeeded(std::string_view address, Time now) {
  Address& from = touch(address, now);
  from.failures = 0;
  from.turns_taken_until = now;
  from.succeeded = now;
}

GuessLimit::Address& GuessLimit::touch(std::string_view address, Time now) {
  const auto [found, is_new] = addresses_.try_emplace(std::string(address));
  Address& from = found->second;
  if (is_new) {
    from.age = longest_unseen_first_.insert(longest_unseen_first_.end(), found->first);
    from.counted = now;
    from.turns_taken_until = now;
  }
  longest_unseen_first_.splice(longest_unseen_first_.end(), longest_unseen_first_, from.age);
  from.failures = leaked(from.failures, now - from.counted, options_.failure_forgotten_after);
  from.counted = std::max(now, from.counted);
  if (addresses_.size() > options_.addresses_max) {
    addresses_.erase(longest_unseen_first_.front());
    longest_unseen_first_.pop_front();
  }
  return from;
}

Duration GuessLimit::wait_after(double failures) const {
  // Half forgotten counts as not forgotten.
  const int beyond = static_cast<int>(std::ceil(failures)) - options_.free_failures;
  if (beyond < 0) return Duration::zero();
  // 2^6 times the first wait is past any wait_max that makes sense.
  return std::min(options_.wait_max, options_.first_wait * (1 << std::min(beyond, 6)));
}

double GuessLimit::crowd_failures_at(Time now) const {
  return leaked(crowd_failures_, now - crowd_counted_, options_.crowd_failure_forgotten_after);
}

}  // namespace rundbord::access
