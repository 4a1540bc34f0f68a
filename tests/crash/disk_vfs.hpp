// SQLite on simulated disks: registered as the process's default VFS, so that the log runs as it
// is. Names below a mounted folder go to its disk, all others to the system. Owned by the test; any
// thread.
#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "crash/simulated_disk.hpp"
#include "log/data_folder.hpp"

namespace rundbord::crash {

// While it lives, SQLite's files in `folder` are on `disk`.
class MountedDisk {
 public:
  MountedDisk(std::filesystem::path folder, SimulatedDisk& disk);
  ~MountedDisk();
  MountedDisk(const MountedDisk&) = delete;
  MountedDisk& operator=(const MountedDisk&) = delete;

 private:
  std::string prefix_;
};

// What SQLite's file layer does not offer, on the mounted disk.
log::FolderCalls folder_calls(SimulatedDisk& disk);
// A planted fault: the new file never takes the old one's name.
log::FolderCalls folder_calls_without_rename(SimulatedDisk& disk);

// While it lives, connections opened anywhere in this process use this `PRAGMA synchronous` in
// place of the one they ask for: what is tested stays as it is, only its setting is another. For
// controls.
class SlippedInSynchronous {
 public:
  explicit SlippedInSynchronous(std::string value);  // "NORMAL", "OFF"
  ~SlippedInSynchronous();
  SlippedInSynchronous(const SlippedInSynchronous&) = delete;
  SlippedInSynchronous& operator=(const SlippedInSynchronous&) = delete;
};

}  // namespace rundbord::crash
