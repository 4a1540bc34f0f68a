// Whether the log stores, now: heard from its answers to commits, and asked with a row of its own
// when the last answer is old or was a failure. Owned by the server; io thread.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "log/event_log.hpp"
#include "net/loop.hpp"

namespace rundbord::net {

struct LogWatchOptions {
  // While it fails it is asked so often: room on the disk is noticed within a second.
  Duration ask_every = std::chrono::milliseconds(500);
  Duration answer_max = std::chrono::seconds(2);  // a disk that takes longer is as good as none
  Duration fresh_max = std::chrono::seconds(1);   // what was stored longer ago proves nothing
};

class LogWatch {
 public:
  LogWatch(Loop& loop, log::EventLog& log, LogWatchOptions options = {});

  // Any answer of the log.
  void heard(const log::AppendResult& result);
  // As far as is known; nobody is asked.
  bool stores() const { return failure_.empty(); }

  // Empty when it stores; else disk_full or io_error, or no_answer after answer_max.
  using Told = std::function<void(std::string_view why_not)>;
  void ask(Told told);
  // At once while it stores; else as soon as it does, or false after `at_most`.
  using Then = std::function<void(bool stores)>;
  void when_it_stores(Duration at_most, Then then);

 private:
  void ask_log();
  void ask_again();

  Loop& loop_;
  log::EventLog& log_;
  const LogWatchOptions options_;
  std::optional<Time> stored_at_;
  std::string_view failure_;  // empty: it stores
  bool asked_ = false;        // and not answered yet
  bool asks_again_ = false;   // later: an alarm is set
  std::uint64_t drawn_ = 0;
  std::map<std::uint64_t, Told> asking_;
  std::map<std::uint64_t, Then> waiting_;
};

}  // namespace rundbord::net
