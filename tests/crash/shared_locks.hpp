// What connections to one database in one process share: file locks, the memory of the write-ahead
// index and its locks, as SQLite's Unix layer keeps them. Gone with the power. Owned by the VFS,
// under its mutex.
#pragma once
#include <array>
#include <memory>
#include <vector>

namespace rundbord::crash {

class SharedLocks {
 public:
  using Holder = const void*;

  // SQLite's levels 0 to 4: none, shared, reserved, pending, exclusive. False: busy.
  bool lock(Holder holder, int level);
  void unlock(Holder holder, int level);
  bool is_reserved() const;

  // Null when the region is not there and `extend` is false.
  char* region(std::size_t number, std::size_t bytes, bool extend);
  void attach(Holder holder);
  // The memory goes with the last.
  void detach(Holder holder);
  bool lock_memory(Holder holder, int first, int count, bool exclusive);
  void unlock_memory(Holder holder, int first, int count);

 private:
  struct File {
    Holder holder;
    int level;
  };
  struct Slot {
    Holder exclusive = nullptr;
    std::vector<Holder> shared;
  };
  bool others_hold(Holder holder, int level_min) const;
  File& file_of(Holder holder);

  std::vector<File> files_;
  std::vector<std::unique_ptr<char[]>> regions_;
  std::vector<Holder> attached_;
  std::array<Slot, 8> slots_;  // SQLITE_SHM_NLOCK
};

}  // namespace rundbord::crash
