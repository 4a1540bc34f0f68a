// Keys that each fall due at a time. The soonest is at hand however many there are: a live workshop
// asks after every turn. One thread.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "domain/time.hpp"

namespace rundbord::engine {

template <typename Key>
class DueTimes {
 public:
  // An earlier time of the same key no longer counts.
  void set(const Key& key, Time at) {
    erase(key);
    due_at_.emplace(key, at);
    in_order_.emplace(at, key);
  }
  // A key that has a time keeps it.
  void set_if_none(const Key& key, Time at) {
    if (due_at_.emplace(key, at).second) in_order_.emplace(at, key);
  }
  void erase(const Key& key) {
    const auto found = due_at_.find(key);
    if (found == due_at_.end()) return;
    in_order_.erase({found->second, key});
    due_at_.erase(found);
  }
  // Those due by `now`, the soonest first; they have no time any more.
  std::vector<Key> take_due(Time now) {
    std::vector<Key> keys;
    while (!in_order_.empty() && in_order_.begin()->first <= now) {
      keys.push_back(in_order_.begin()->second);
      due_at_.erase(keys.back());
      in_order_.erase(in_order_.begin());
    }
    return keys;
  }
  std::optional<Time> next() const {
    if (in_order_.empty()) return std::nullopt;
    return in_order_.begin()->first;
  }

 private:
  std::map<Key, Time> due_at_;
  std::set<std::pair<Time, Key>> in_order_;
};

}  // namespace rundbord::engine
