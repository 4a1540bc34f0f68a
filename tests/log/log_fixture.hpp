// What the log's tests share: folders that vanish, engines by name, appends that are waited for.
// Owned by each test; the test's own thread.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "log/event_log.hpp"

namespace rundbord::log {

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

WorkshopId workshop(int number);
// 1, 2, 3, … in the first bytes of each salt.
SaltSource counted_salts();
CommitDraft draft(std::uint64_t seq, std::vector<std::string> texts = {});
Append commit(const WorkshopId& workshop, std::uint64_t seq, std::vector<std::string> texts = {});

// An answer that is still to come. A second answer would throw.
std::future<AppendResult> start_append(EventLog& log, Append append);
AppendResult append_and_wait(EventLog& log, Append append);
bool is_stored(const AppendResult& result);
bool is_error(const AppendResult& result, AppendError error);

std::vector<StoredCommit> read_all(EventLog& log, const WorkshopId& workshop,
                                   std::uint64_t from = 1);
// Everything stored in streams, as one text to compare.
std::string dump(EventLog& log);
std::string bytes_of_file(const std::filesystem::path& file);
bool file_holds(const std::filesystem::path& file, const std::string& bytes);
// The code of the LogError that `action` throws, "" when it throws none.
std::string error_code(const std::function<void()>& action);

// The folder outlives the log in it.
struct OpenedLog {
  std::string engine;
  std::unique_ptr<TemporaryFolder> folder;
  std::unique_ptr<EventLog> log;
  EventLog* operator->() const { return log.get(); }
  EventLog& operator*() const { return *log; }
};
// "memory", "sqlite" or "faulty" (transparent, around memory).
OpenedLog open_engine(const std::string& name);

// Blocks the log's writer inside its first transaction, so that a test can queue behind it.
class WriterGate {
 public:
  SaltSource salts();
  void wait_until_blocked();
  void open();

 private:
  struct State {
    std::promise<void> blocked;
    std::promise<void> opened;
    bool used = false;
  };
  std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace rundbord::log
