#include "crash/bad_disk.hpp"

#include <stdlib.h>

#include <fstream>

namespace rundbord::crash {

BadDisk::BadDisk(const std::string& preload) : state_(folder_.path() / "disk") {
  work();
  ::setenv("RUNDBORD_TEST_DISK", state_.c_str(), 1);
  ::setenv("LD_PRELOAD", preload.c_str(), 1);
}

BadDisk::~BadDisk() {
  ::unsetenv("LD_PRELOAD");
  ::unsetenv("RUNDBORD_TEST_DISK");
}

// Whole at once: the server reads it meanwhile.
void BadDisk::say(const std::string& word) {
  const auto next = folder_.path() / "next";
  std::ofstream(next) << word;
  std::filesystem::rename(next, state_);
}

}  // namespace rundbord::crash
