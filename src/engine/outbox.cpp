#include "engine/outbox.hpp"

namespace rundbord::engine {

void Outbox::put(std::uint64_t seq, Action action) {
  waiting_.emplace_back(seq, std::move(action));
}

void Outbox::release(std::uint64_t durable, std::vector<Action>& out) {
  while (!waiting_.empty() && waiting_.front().first <= durable) {
    out.push_back(std::move(waiting_.front().second));
    waiting_.pop_front();
  }
}

std::vector<Action> Outbox::abandon() {
  std::vector<Action> lost;
  for (auto& [seq, action] : waiting_) lost.push_back(std::move(action));
  waiting_.clear();
  return lost;
}

}  // namespace rundbord::engine
