// One file of the simulated disk: what a reader sees, what is on the platter, and every version of
// each sector between the two. Owned by the disk and by whoever has it open; under the disk's
// mutex.
#pragma once
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "crash/simulated_disk.hpp"

namespace rundbord::crash {

class DiskFile {
 public:
  explicit DiskFile(std::string name) : name_(std::move(name)) {}

  const std::string& name() const { return name_; }  // for counts
  void be_called(std::string name) { name_ = std::move(name); }
  std::size_t size() const { return content_.size(); }
  // False when it asks for more than there is; the rest is zeros.
  bool read(char* to, std::size_t bytes, std::size_t at) const;
  void write(const char* from, std::size_t bytes, std::size_t at);
  void truncate(std::size_t bytes);
  void sync();
  void forget_dirty();
  // The power is gone: what is on the platter becomes what a reader sees.
  void settle(Random& random, CutKind kind, CutCounts& counts);

 private:
  // A sector since the last sync: the bytes written, as [first, past), and its versions.
  struct Unsynced {
    std::size_t first = SimulatedDisk::sector_bytes;
    std::size_t past = 0;
    std::vector<std::string> versions;
  };

  std::string sector(const std::string& bytes, std::size_t number) const;
  std::string settled(const std::string& old, const Unsynced& unsynced, Random& random,
                      CutKind kind, CutCounts& counts) const;

  std::string name_;
  std::string content_;
  std::string platter_;
  std::map<std::size_t, Unsynced> unsynced_;
  std::vector<std::size_t> sizes_;            // since the last sync
  std::size_t shortest_ = std::string::npos;  // the least of them
};

}  // namespace rundbord::crash
