// What a log was asked to store and what it answered, and from that what may be found afterwards:
// all that was acknowledged, at its place and unchanged; of the rest whole appends or nothing.
// Owned by the test that drives the log; its thread.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "log/event_log.hpp"

namespace rundbord::crash {

class Ledger {
 public:
  using Number = std::size_t;

  // Before it is handed to the log; `append` must have commits.
  Number asked(const log::Append& append);
  void answered(Number number, const log::AppendResult& result);
  void asked_to_remove(const WorkshopId& workshop);
  void removed(const WorkshopId& workshop);

  // Compares the log with what is known, and takes what it finds as known from now on. Sentences
  // about what is wrong; empty: nothing. Throws LogError when the log cannot be read.
  std::vector<std::string> audit(log::EventLog& log);

  // What the owner of a stream knows after reading it: the seq the next append must have.
  std::uint64_t next_seq(const WorkshopId& workshop) const;
  std::uint64_t acknowledged() const { return acknowledged_; }
  // Commits found that nobody had been told of.
  std::uint64_t unanswered_found() const { return unanswered_found_; }

 private:
  struct Known {
    std::string header;  // as asked; the log adds the hashes of texts
    std::vector<std::string> texts;
    std::optional<log::Hash> chain;
  };
  struct Stream {
    std::vector<Known> commits;
    std::map<std::string, std::string> rows;
    std::map<Number, log::Append> open;  // asked, not acknowledged
    bool removing = false;
  };

  void store(Stream& stream, const log::Append& append, std::optional<log::Hash> chain);
  void audit(log::EventLog& log, const WorkshopId& id, Stream& stream,
             std::vector<std::string>& wrong);
  void take_whole_appends(Stream& stream, const std::vector<log::StoredCommit>& found,
                          const std::map<std::string, std::string>& rows,
                          std::vector<std::string>& wrong);

  std::map<WorkshopId, Stream> streams_;
  std::map<Number, WorkshopId> workshop_of_;
  Number last_ = 0;
  std::uint64_t acknowledged_ = 0;
  std::uint64_t unanswered_found_ = 0;
  std::vector<std::string> misanswered_;
};

}  // namespace rundbord::crash
