// How much each address may ask for: a hall of people behind one address gets in at once, a flood
// is told when to come back. Owned by the server; io thread. Time comes as an argument; addresses
// are only compared.
#pragma once
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "engine/budget.hpp"

namespace rundbord::net {

class AddressBudgets {
 public:
  // 100,000 addresses take about 20 MB; the longest unseen is forgotten beyond that.
  static constexpr std::size_t addresses_max = 100'000;

  explicit AddressBudgets(engine::Rate rate) : rate_(rate) {}

  // Takes one: zero. Or how long until there is one.
  Duration try_take(std::string_view address, Time now);
  std::size_t addresses() const { return budgets_.size(); }

 private:
  struct Kept {
    engine::Budget budget;
    std::list<std::string>::iterator age;
  };

  engine::Rate rate_;
  std::unordered_map<std::string, Kept> budgets_;
  std::list<std::string> longest_unseen_first_;
};

}  // namespace rundbord::net
