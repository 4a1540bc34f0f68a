// A real file system of a few MiB that can be filled up and emptied: a tmpfs that only this process
// and its children see, gone when they are. Owned by the test; its thread.
#pragma once
#include <cstddef>
#include <filesystem>

namespace rundbord::crash {

class SmallDisk {
 public:
  // Throws std::runtime_error, saying what to do, when this process may not mount.
  SmallDisk(std::filesystem::path folder, std::size_t mebibytes);
  ~SmallDisk();
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  // Takes all the room there is.
  void fill_up();
  void make_room();

 private:
  std::filesystem::path ballast() const { return folder_ / "ballast"; }

  std::filesystem::path folder_;
};

}  // namespace rundbord::crash
