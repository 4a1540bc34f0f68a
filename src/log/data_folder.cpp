#include "log/data_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>

#include "log/event_log.hpp"

namespace rundbord::log {
namespace {

LogError failure(const std::string& what, int error) {
  const bool full = error == ENOSPC || error == EDQUOT;
  return {full ? "disk_full" : "io_error", what + ": " + std::strerror(error) + "."};
}

}  // namespace

std::filesystem::path database_file(const std::filesystem::path& folder) {
  return folder / "rundbord.sqlite";
}

void make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  if (std::filesystem::is_directory(folder, error)) return;
  std::filesystem::create_directories(folder, error);
  if (error) throw failure("The data folder " + folder.string() + " cannot be made", error.value());
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  if (error) throw failure("The data folder cannot be closed to others", error.value());
  sync_path(std::filesystem::absolute(folder).parent_path());
}

void sync_path(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw failure(path.string() + " cannot be opened", errno);
  const int result = ::fsync(descriptor);
  const int error = errno;
  ::close(descriptor);
  if (result != 0) throw failure(path.string() + " cannot be synced to the disk", error);
}

void rename_file(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::error_code error;
  std::filesystem::rename(from, to, error);
  if (error) throw failure(to.string() + " cannot be made", error.value());
}

FolderLock::FolderLock(const std::filesystem::path& folder) {
  const auto file = folder / "lock";
  descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor_ < 0) throw failure("The lock " + file.string() + " cannot be opened", errno);
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
  const int error = errno;
  ::close(descriptor_);
  if (error != EWOULDBLOCK) throw failure("The lock " + file.string() + " cannot be taken", error);
  throw LogError{"data_in_use", "Another Rundbord server is using the data folder " +
                                    folder.string() +
                                    ". Stop it first, or give this one a folder of its own."};
}

FolderLock::~FolderLock() {
  ::close(descriptor_);
}

}  // namespace rundbord::log
