#include "net/address_budgets.hpp"

namespace rundbord::net {

Duration AddressBudgets::try_take(std::string_view address, Time now) {
  const std::string key(address);
  auto found = budgets_.find(key);
  if (found == budgets_.end()) {
    const auto age = longest_unseen_first_.insert(longest_unseen_first_.end(), key);
    found = budgets_.emplace(key, Kept{engine::Budget(rate_, now), age}).first;
    if (budgets_.size() > addresses_max) {
      budgets_.erase(longest_unseen_first_.front());
      longest_unseen_first_.pop_front();
    }
  }
  auto& kept = found->second;
  longest_unseen_first_.splice(longest_unseen_first_.end(), longest_unseen_first_, kept.age);
  return kept.budget.try_take(1, now);
}

}  // namespace rundbord::net
