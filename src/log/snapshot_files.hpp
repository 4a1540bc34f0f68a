// Snapshots beside the database, one file for each workshop in the folder `snapshots`: tens of
// megabytes in the write-ahead log would hold up every answer. Owned by SqliteLog; any thread.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>

#include "log/event_log.hpp"

namespace rundbord::log {

// See EventLog for what the three promise.
class SnapshotFiles {
 public:
  SnapshotFiles(const std::filesystem::path& data_folder, std::string history);

  KeptSnapshot read(const WorkshopId& workshop);
  bool keep(const WorkshopId& workshop, std::uint64_t drops, const StateSnapshot& snapshot);
  void drop(const WorkshopId& workshop);

 private:
  std::filesystem::path file_of(const WorkshopId& workshop) const;

  const std::filesystem::path folder_;
  const std::string history_;
  std::mutex mutex_;  // held while a file is written or removed
  std::map<WorkshopId, std::uint64_t> drops_;
};

}  // namespace rundbord::log
