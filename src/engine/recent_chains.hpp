// The chain hashes of the newest stored commits, for the `ok` that names them (SPEC RC1). What is
// older stands in the log. Owned by a live workshop; one thread.
#pragma once
#include <cstdint>
#include <deque>
#include <optional>

#include "domain/ids.hpp"

namespace rundbord::engine {

// Twice what may be in flight: an answer that has to wait for the log finds its hash here. 320 kB.
inline constexpr std::size_t chains_kept_max = 10'000;

class RecentChains {
 public:
  // In order of seq. After a gap only what follows it is kept.
  void add(std::uint64_t seq, const ChainHash& chain);
  std::optional<ChainHash> find(std::uint64_t seq) const;

 private:
  std::uint64_t first_ = 1;  // the seq of the front
  std::deque<ChainHash> chains_;
};

}  // namespace rundbord::engine
