// Snapshots as they were last encoded, so that many who come at once, or one who asks again and
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

  // `seq`: of the last commit that could have changed the channel's snapshot. Nothing when there is
  // none of this very state.
  Frame find(const Channel& channel, std::uint64_t seq) const {
    const auto found = kept_.find(channel);
    return found == kept_.end() || found->second.seq != seq ? nullptr : found->second.frame;
  }
  void keep(const Channel& channel, std::uint64_t seq, Frame frame) {
    if (const auto earlier = kept_.find(channel); earlier != kept_.end()) {
      bytes_ -= earlier->second.frame->size();
      kept_.erase(earlier);
    }
    if (frame->size() > bytes_max_) return;
    if (bytes_ + frame->size() > bytes_max_) forget();
    bytes_ += frame->size();
    kept_.emplace(channel, Kept{seq, std::move(frame)});
  }
  std::size_t bytes() const { return bytes_; }
  void forget() {
    kept_.clear();
    bytes_ = 0;
  }

 private:
  struct Kept {
    std::uint64_t seq;
    Frame frame;
  };
  std::size_t bytes_max_;
  std::size_t bytes_ = 0;
  std::map<Channel, Kept> kept_;
};

}  // namespace rundbord::engine
