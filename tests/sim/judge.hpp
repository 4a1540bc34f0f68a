// What the oracles have found and, in a run that is told, what happened. Owned by the world; one
// thread.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "scheduler.hpp"

namespace rundbord::sim {

class Judge {
 public:
  Judge(const Scheduler& scheduler, bool tells) : scheduler_(scheduler), tells_(tells) {}

  // The first is what counts: what follows is mostly its consequence.
  void broken(std::string sentence) {
    if (sentence_.empty()) sentence_ = time() + sentence;
  }
  bool holds() const { return sentence_.empty(); }
  const std::string& sentence() const { return sentence_; }

  // Operations are worth writing down only when somebody will read them.
  template <class Words>
  void tell(Words words) {
    if (tells_) story_.push_back(time() + words());
  }
  const std::vector<std::string>& story() const { return story_; }

 private:
  std::string time() const {
    const auto since = scheduler_.now().time_since_epoch() % std::chrono::hours(500'000);
    auto digits = std::to_string(since.count());
    digits.insert(0, digits.size() < 8 ? 8 - digits.size() : 0, ' ');
    return digits + " ms  ";
  }

  const Scheduler& scheduler_;
  bool tells_;
  std::string sentence_;
  std::vector<std::string> story_;
};

}  // namespace rundbord::sim
