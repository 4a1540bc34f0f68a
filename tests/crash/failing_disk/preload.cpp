// Preloaded into the real server: its syncs fail or hang while a file says so. The file is named by
// RUNDBORD_TEST_DISK and holds a word; what else it holds, or when it is not there, the disk works.
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <sys/syscall.h>

namespace {

bool told(const char* word) {
  const char* name = std::getenv("RUNDBORD_TEST_DISK");
  const int file = name ? ::open(name, O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0) return false;
  char text[16] = {};
  const bool read = ::read(file, text, sizeof text - 1) >= 0;
  ::close(file);
  return read && std::strcmp(text, word) == 0;
}

int sync(long call, int descriptor) {
  while (told("hang")) ::poll(nullptr, 0, 1);
  if (told("fail")) {
    errno = EIO;
    return -1;
  }
  return static_cast<int>(::syscall(call, descriptor));
}

}  // namespace

extern "C" int fsync(int descriptor) {
  return sync(SYS_fsync, descriptor);
}

extern "C" int fdatasync(int descriptor) {
  return sync(SYS_fdatasync, descriptor);
}
