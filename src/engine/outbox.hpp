// What may leave only when the log is durable up to the state it was computed on. Owned by a live
// workshop; one thread.
#pragma once
#include <cstdint>
#include <deque>
#include <utility>
#include <vector>

#include "engine/actions.hpp"

namespace rundbord::engine {

class Outbox {
 public:
  // Entries leave in the order they came; `seq` never falls from one to the next, because every
  // output is computed on the head.
  void put(std::uint64_t seq, Action action);
  // Moves everything that `durable` covers to `out`.
  void release(std::uint64_t durable, std::vector<Action>& out);
  // Everything that will never leave, for a workshop that dies.
  std::vector<Action> abandon();

 private:
  std::deque<std::pair<std::uint64_t, Action>> waiting_;
};

}  // namespace rundbord::engine
