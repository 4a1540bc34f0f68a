// A log that hands everything to another one: what a test's own log starts from, overriding what
// it is about. Owned by the test; the inner log must outlive it; any thread.
#pragma once
#include <utility>

#include "log/event_log.hpp"

namespace rundbord::log {

class ForwardingLog : public EventLog {
 public:
  explicit ForwardingLog(EventLog& inner) : inner_(inner) {}

  void append(Append append, AppendDone done) override {
    inner_.append(std::move(append), std::move(done));
  }
  void read(const WorkshopId& workshop, std::uint64_t from,
            const std::function<bool(const StoredCommit&)>& visit) override {
    inner_.read(workshop, from, visit);
  }
  std::uint64_t last_seq(const WorkshopId& workshop) override { return inner_.last_seq(workshop); }
  std::vector<WorkshopId> workshops() override { return inner_.workshops(); }
  std::optional<Row> row(std::string_view table, std::string_view key) override {
    return inner_.row(table, key);
  }
  std::vector<Row> rows(const WorkshopId& workshop, std::string_view table) override {
    return inner_.rows(workshop, table);
  }
  KeptSnapshot snapshot(const WorkshopId& workshop) override { return inner_.snapshot(workshop); }
  bool keep_snapshot(const WorkshopId& workshop, std::uint64_t drops,
                     const StateSnapshot& snapshot) override {
    return inner_.keep_snapshot(workshop, drops, snapshot);
  }
  void drop_snapshot(const WorkshopId& workshop) override { inner_.drop_snapshot(workshop); }
  void remove(const WorkshopId& workshop) override { inner_.remove(workshop); }
  void scrub() override { inner_.scrub(); }
  std::string history() override { return inner_.history(); }
  std::vector<Broken> verify() override { return inner_.verify(); }
  void close() override { inner_.close(); }

 private:
  EventLog& inner_;
};

}  // namespace rundbord::log
