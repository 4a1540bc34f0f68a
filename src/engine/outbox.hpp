// What may leave only when the log is durable up to the state it was computed on. Owned by a live
// workshop; one thread.
#pragma once
#include <cstdint>
#include <deque>
#include <utility>
#include <variant>
#include <vector>

#include "engine/actions.hpp"
#include "engine/recent_chains.hpp"

namespace rundbord::engine {

// An `ok` that waits: its commit's place in the chain is known only when the log has answered.
struct Acknowledgement {
  SessionId session{};
  CommandId id;
  std::uint64_t seq = 0;
  bool wrote = true;  // else there is no commit of its own, and no chain to name
};

class Outbox {
 public:
  // Entries leave in the order they came, each when the disk has its `seq` and those of all before
  // it: outputs are computed on the head, or (frames) on what of it touched a channel.
  void put(std::uint64_t seq, Action action);
  void put(std::uint64_t seq, Acknowledgement acknowledgement);
  // Moves everything that `durable` covers to `out`.
  void release(std::uint64_t durable, const RecentChains& chains, std::vector<Action>& out);
  // Everything that will never leave but acknowledgements, for a workshop that dies.
  std::vector<Action> abandon();
  std::size_t size() const { return waiting_.size(); }

 private:
  std::deque<std::pair<std::uint64_t, std::variant<Action, Acknowledgement>>> waiting_;
};

}  // namespace rundbord::engine
