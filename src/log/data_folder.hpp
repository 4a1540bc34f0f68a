// The data folder on the disk: where its files lie, the lock that keeps a second server out, and
// syncing of names. Owned by the SQLite log; any thread.
#pragma once
#include <filesystem>
#include <functional>

namespace rundbord::log {

std::filesystem::path database_file(const std::filesystem::path& folder);
// Makes the folder, readable by its owner only, when it is not there. Throws LogError io_error.
void make_folder(const std::filesystem::path& folder);
// A file's bytes, or a folder's names, reach the disk before this returns. Throws LogError.
void sync_path(const std::filesystem::path& path);
// In one step, also over a file that is there; on the disk after the folder was synced. Throws
// LogError.
void rename_file(const std::filesystem::path& from, const std::filesystem::path& to);

// The two of them, which SQLite's file layer does not offer: a test's disk brings its own.
struct FolderCalls {
  std::function<void(const std::filesystem::path& from, const std::filesystem::path& to)> rename =
      rename_file;
  std::function<void(const std::filesystem::path& folder)> sync = sync_path;
};

// Held by the one process that may write. The kernel lets go of it when the process dies.
class FolderLock {
 public:
  // Throws LogError data_in_use when another holds it.
  explicit FolderLock(const std::filesystem::path& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int descriptor_ = -1;
};

}  // namespace rundbord::log
