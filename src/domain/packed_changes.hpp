// The latest changes of one text, packed to bytes: about 15 each instead of 150. Owned by its
// Document; one thread at a time.
#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "domain/change_set.hpp"

namespace rundbord {

class PackedChanges {
 public:
  void push(const ChangeSet& change);
  // One change as each_packed() gives it; false, changing nothing, for other bytes.
  bool push_packed(std::string_view packed);
  void drop_oldest();
  std::size_t count() const { return sizes_.size(); }
  // The newest `count` changes, oldest first; needs count <= count().
  std::vector<ChangeSet> newest(std::size_t count) const;
  // Calls visit(bytes) for each change, oldest first.
  template <class Visit>
  void each_packed(Visit visit) const {
    auto rest = std::string_view(bytes_).substr(dropped_bytes_);
    for (const auto size : sizes_) {
      visit(rest.substr(0, size));
      rest.remove_prefix(size);
    }
  }

 private:
  std::string bytes_;  // what was dropped stays in front until it is half of everything
  std::size_t dropped_bytes_ = 0;
  std::deque<std::uint32_t> sizes_;
};

}  // namespace rundbord
