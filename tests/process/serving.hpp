// `rundbord serve` on a free loopback port with a data folder of its own; can be killed and started
// again on the same port. Owned by the test; its thread.
#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "process/child.hpp"

namespace rundbord::process {

class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

class Serving {
 public:
  // Returns when it listens; throws std::runtime_error with what it said when it does not.
  // `program`: another one that takes the same arguments; the real one when empty.
  explicit Serving(std::filesystem::path folder, std::string program = {});

  const std::filesystem::path& folder() const { return folder_; }
  const std::string& url() const { return url_; }  // http://127.0.0.1:PORT
  std::string address() const { return url_.substr(std::string("http://").size()); }
  pid_t pid() const { return child_->pid(); }

  void kill_hard();  // SIGKILL, and waits until it is gone
  int stop();        // SIGTERM; its exit code: ask_to_stop() and wait()
  void ask_to_stop();
  int wait();
  void start();  // on the same port: begin() and await_ready()
  void begin();  // does not wait until it listens
  void await_ready();

 private:
  std::filesystem::path folder_;
  std::string program_;
  std::string url_ = "http://127.0.0.1:0";
  std::unique_ptr<Child> child_;
};

}  // namespace rundbord::process
