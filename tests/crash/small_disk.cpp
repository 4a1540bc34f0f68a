#include "crash/small_disk.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace rundbord::crash {
namespace {

void require(bool done, const std::string& what) {
  if (done) return;
  throw std::runtime_error(what + ": " + std::strerror(errno) +
                           ". This test mounts a tmpfs: run it as root, or where users may have "
                           "namespaces of their own.");
}

void write_text(const char* file, const std::string& text) {
  std::ofstream(file) << text;
}

// Root as it is; anybody else becomes root of a namespace of their own.
void leave_namespace() {
  const auto user = ::getuid();
  const auto group = ::getgid();
  if (user == 0) return require(::unshare(CLONE_NEWNS) == 0, "no namespace for mounts");
  require(::unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0, "no namespace for users");
  write_text("/proc/self/setgroups", "deny");
  write_text("/proc/self/uid_map", "0 " + std::to_string(user) + " 1");
  write_text("/proc/self/gid_map", "0 " + std::to_string(group) + " 1");
}

}  // namespace

SmallDisk::SmallDisk(std::filesystem::path folder, std::size_t mebibytes)
    : folder_(std::move(folder)) {
  leave_namespace();
  require(::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0, "mounts stay shared");
  const auto size = "mode=700,size=" + std::to_string(mebibytes) + "m";
  require(::mount("rundbord-test", folder_.c_str(), "tmpfs", 0, size.c_str()) == 0, "no tmpfs");
}

SmallDisk::~SmallDisk() {
  ::umount2(folder_.c_str(), MNT_DETACH);
}

void SmallDisk::fill_up() {
  const int file = ::open(ballast().c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  require(file >= 0, "no ballast");
  const std::vector<char> block(4096, 'x');
  while (::write(file, block.data(), block.size()) > 0) {
  }
  const bool full = errno == ENOSPC;
  ::close(file);
  if (!full) throw std::runtime_error("the small disk did not become full");
}

void SmallDisk::make_room() {
  std::filesystem::remove(ballast());
}

}  // namespace rundbord::crash
