// Drives the real SqliteLog on a simulated disk: opens it, appends in bursts that share a sync,
// keeps the ledger. The same seed makes the same calls in the same order. Owned by a trial; one
// thread.
#pragma once
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "crash/ledger.hpp"
#include "crash/simulated_disk.hpp"
#include "log/sqlite_log.hpp"

namespace rundbord::crash {

// Holds the writer in the first append of a burst until the others are queued behind it, so that
// which of them share a transaction is not a matter of luck.
class Gate {
 public:
  log::SaltSource salts();
  void arm();
  void wait_until_held();  // or until pass() was called
  void pass();             // from now on nobody is held

 private:
  enum class State { open, armed, held };
  std::mutex mutex_;
  std::condition_variable changed_;
  State state_ = State::open;
  std::uint64_t drawn_ = 0;
};

class LogDriver {
 public:
  LogDriver(std::filesystem::path folder, log::FolderCalls folder_calls, Random& random,
            Ledger& ledger);

  // False, with the log's own code, when the disk did not let it.
  bool open();
  // The writer's transactions are forgotten; also when closing fails.
  void close();
  // 1 to 5 appends to one or more workshops. Whether all of them were stored.
  bool burst();
  bool remove_one();
  // Nothing: it could not be read.
  std::optional<std::vector<std::string>> audit();
  // The same, of a log that may be busy opening its database anew; a minute at most.
  std::optional<std::vector<std::string>> audit_when_opened();

  const std::string& last_error() const { return last_error_; }
  std::vector<log::AppendError> errors() const { return errors_; }

 private:
  log::Append draw_append(std::size_t workshop, std::uint64_t seq);
  void append(log::Append append);
  void wait_for_answers();
  void wait_until_idle();

  std::filesystem::path folder_;
  log::FolderCalls folder_calls_;
  Random& random_;
  Ledger& ledger_;
  std::shared_ptr<Gate> gate_ = std::make_shared<Gate>();
  std::unique_ptr<log::SqliteLog> log_;
  std::string last_error_;
  std::uint64_t nonce_ = 0;

  std::mutex mutex_;
  std::condition_variable answered_;
  std::size_t waiting_ = 0;
  std::vector<std::pair<Ledger::Number, log::AppendResult>> answers_;
  std::vector<log::AppendError> errors_;  // of the last burst
};

}  // namespace rundbord::crash
