#include "engine/recent_chains.hpp"

namespace rundbord::engine {

void RecentChains::add(std::uint64_t seq, const ChainHash& chain) {
  if (seq != first_ + chains_.size()) {
    chains_.clear();
    first_ = seq;
  }
  chains_.push_back(chain);
  if (chains_.size() <= chains_kept_max) return;
  chains_.pop_front();
  ++first_;
}

std::optional<ChainHash> RecentChains::find(std::uint64_t seq) const {
  if (seq < first_ || seq - first_ >= chains_.size()) return std::nullopt;
  return chains_[seq - first_];
}

}  // namespace rundbord::engine
