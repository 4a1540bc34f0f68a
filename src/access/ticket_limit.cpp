#include "access/ticket_limit.hpp"

#include <algorithm>
#include <chrono>

namespace rundbord::access {

bool TicketLimit::take(std::string_view caller, Time now) {
  const auto [found, is_new] =
      callers_.try_emplace(std::string(caller), Budget{options_.at_once_max, now});
  if (is_new) first_seen_first_.push_back(found->first);
  auto& budget = found->second;
  const std::chrono::duration<double, std::ratio<60>> minutes =
      std::max(now - budget.counted, Duration::zero());
  budget.left =
      std::min(options_.at_once_max, budget.left + minutes.count() * options_.per_minute_max);
  budget.counted = now;
  const bool within = budget.left >= 1;
  if (within) budget.left -= 1;
  while (callers_.size() > options_.callers_max) {
    callers_.erase(first_seen_first_.front());
    first_seen_first_.pop_front();
  }
  return within;
}

}  // namespace rundbord::access
