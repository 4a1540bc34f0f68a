// The latest changes of one text, packed to bytes: about 15 each instead of 150. Owned by its
// Document; one thread at a time.
#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "domain/change_set.hpp"

namespace rundbord {

class PackedChanges {
 public:
  void push(const ChangeSet& change);
  void drop_oldest();
  std::size_t count() const { return sizes_.size(); }
  // The newest `count` changes, oldest first; needs count <= count().
  std::vector<ChangeSet> newest(std::size_t count) const;

 private:
  std::string bytes_;  // what was dropped stays in front until it is half of everything
  std::size_t dropped_bytes_ = 0;
  std::deque<std::uint32_t> sizes_;
};

}  // namespace rundbord
