// Snapshots encoded since the last commit, so that many who come at once, or one who asks again and
// again, cost one encoding. Owned by a live workshop; one thread.
#pragma once
#include <cstdint>
#include <map>

#include "domain/audience.hpp"
#include "engine/actions.hpp"

namespace rundbord::engine {

class SnapshotCache {
 public:
  explicit SnapshotCache(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  // Nothing when there is none of this very state.
  Frame find(const Channel& channel, std::uint64_t seq) const {
    if (seq != seq_) return nullptr;
    const auto found = frames_.find(channel);
    return found == frames_.end() ? nullptr : found->second;
  }
  void keep(const Channel& channel, std::uint64_t seq, Frame frame) {
    if (seq != seq_ || bytes_ + frame->size() > bytes_max_) forget(seq);
    if (frame->size() > bytes_max_) return;
    bytes_ += frame->size();
    frames_.emplace(channel, std::move(frame));
  }
  std::size_t bytes() const { return bytes_; }
  // Everything; what is kept from here on is of the state at `seq`.
  void forget(std::uint64_t seq) {
    frames_.clear();
    bytes_ = 0;
    seq_ = seq;
  }

 private:
  std::size_t bytes_max_;
  std::size_t bytes_ = 0;
  std::uint64_t seq_ = 0;
  std::map<Channel, Frame> frames_;
};

}  // namespace rundbord::engine
