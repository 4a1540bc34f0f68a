// A disk whose syncs fail or hang when it is told to, under servers that are started while it
// lives. Owned by the test; its thread.
#pragma once
#include <filesystem>
#include <string>

#include "process/serving.hpp"

namespace rundbord::crash {

class BadDisk {
 public:
  explicit BadDisk(const std::string& preload);
  ~BadDisk();
  BadDisk(const BadDisk&) = delete;
  BadDisk& operator=(const BadDisk&) = delete;

  void fail() { say("fail"); }
  void hang() { say("hang"); }
  void work() { say("work"); }

 private:
  void say(const std::string& word);

  process::TemporaryFolder folder_;
  std::filesystem::path state_;
};

}  // namespace rundbord::crash
