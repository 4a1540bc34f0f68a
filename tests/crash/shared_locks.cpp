#include "crash/shared_locks.hpp"

#include <sqlite3.h>

#include <algorithm>

namespace rundbord::crash {
namespace {

constexpr int shared = 1;
constexpr int reserved = 2;
constexpr int pending = 3;
constexpr int exclusive = 4;

void forget(std::vector<SharedLocks::Holder>& holders, SharedLocks::Holder holder) {
  holders.erase(std::remove(holders.begin(), holders.end(), holder), holders.end());
}

}  // namespace

bool SharedLocks::lock(Holder holder, int level) {
  auto& file = file_of(holder);
  if (file.level >= level) return true;
  if (level == shared && others_hold(holder, pending)) return false;
  if (level == reserved && others_hold(holder, reserved)) return false;
  if (level == exclusive) {
    if (others_hold(holder, reserved)) return false;
    if (others_hold(holder, shared)) {
      file.level = pending;
      return false;
    }
  }
  file.level = level;
  return true;
}

void SharedLocks::unlock(Holder holder, int level) {
  file_of(holder).level = level;
  if (level > 0) return;
  files_.erase(std::remove_if(files_.begin(), files_.end(),
                              [&](const File& file) { return file.holder == holder; }),
               files_.end());
}

bool SharedLocks::is_reserved() const {
  return others_hold(nullptr, reserved);
}

bool SharedLocks::others_hold(Holder holder, int level_min) const {
  return std::any_of(files_.begin(), files_.end(), [&](const File& file) {
    return file.holder != holder && file.level >= level_min;
  });
}

SharedLocks::File& SharedLocks::file_of(Holder holder) {
  const auto found = std::find_if(files_.begin(), files_.end(),
                                  [&](const File& file) { return file.holder == holder; });
  if (found != files_.end()) return *found;
  return files_.emplace_back(File{holder, 0});
}

char* SharedLocks::region(std::size_t number, std::size_t bytes, bool extend) {
  while (extend && regions_.size() <= number) {
    regions_.push_back(std::make_unique<char[]>(bytes));  // zeros
  }
  return number < regions_.size() ? regions_[number].get() : nullptr;
}

void SharedLocks::attach(Holder holder) {
  forget(attached_, holder);
  attached_.push_back(holder);
}

void SharedLocks::detach(Holder holder) {
  unlock_memory(holder, 0, static_cast<int>(slots_.size()));
  forget(attached_, holder);
  if (attached_.empty()) regions_.clear();
}

bool SharedLocks::lock_memory(Holder holder, int first, int count, bool exclusively) {
  for (int at = first; at < first + count; ++at) {
    const auto& slot = slots_[static_cast<std::size_t>(at)];
    if (slot.exclusive && slot.exclusive != holder) return false;
    const bool others = std::any_of(slot.shared.begin(), slot.shared.end(),
                                    [&](Holder each) { return each != holder; });
    if (exclusively && others) return false;
  }
  for (int at = first; at < first + count; ++at) {
    auto& slot = slots_[static_cast<std::size_t>(at)];
    if (exclusively) {
      slot.exclusive = holder;
    } else {
      forget(slot.shared, holder);
      slot.shared.push_back(holder);
    }
  }
  return true;
}

void SharedLocks::unlock_memory(Holder holder, int first, int count) {
  for (int at = first; at < first + count; ++at) {
    auto& slot = slots_[static_cast<std::size_t>(at)];
    if (slot.exclusive == holder) slot.exclusive = nullptr;
    forget(slot.shared, holder);
  }
}

}  // namespace rundbord::crash
