// Sees every message at the moment it leaves the server and holds it against the log: nothing
// early, nothing twice, no gap, nothing to those it is not for. Owned by the world; one thread.
#pragma once
#include <array>
#include <memory>
#include <string>

#include "connection.hpp"
#include "ledger.hpp"
#include "truth.hpp"

namespace rundbord::sim {

class Watch {
 public:
  Watch(const Scheduler& scheduler, Judge& judge, Truth& truth, Ledger& ledger)
      : scheduler_(scheduler), judge_(judge), truth_(truth), ledger_(ledger) {}

  std::shared_ptr<const json> sent(Connection& to, const engine::Frame& frame);
  // One frame goes to many: it is read once.
  std::shared_ptr<const json> parsed(const engine::Frame& frame);
  // Whether everything that was due a while ago has left for those who listen.
  void check_nothing_waits(const Connection& to, std::optional<Time> oldest_unsynced);

  // At rest the state of every snapshot must be this one, byte by byte; nothing: not any more.
  using Expected = std::function<std::optional<std::string>(const Channel&)>;
  void expect_snapshots(Expected expected) { expected_ = std::move(expected); }
  long snapshots_compared() const { return compared_; }

 private:
  void check_ok(const Connection& to, const json& message);
  // By the rules, on the present state.
  bool nothing_to_do(const Asked& asked, Time at) const;
  void check_chain(const json& message, std::uint64_t seq);
  void check_rejected(const json& message);
  void check_frame(Connection& to, const json& message);
  void check_frame_in_room(const Connection& to, const Channel& channel, const json& message);
  void check_snapshot(Connection& to, const json& message, const std::string& raw);
  void check_privacy(const Connection& to, const json& message, const std::string& raw);
  bool may_hear(const Connection& to, const Channel& channel) const;

  const Scheduler& scheduler_;
  Judge& judge_;
  Truth& truth_;
  Ledger& ledger_;
  Expected expected_;
  long compared_ = 0;
  struct Parsed {
    engine::Frame frame;  // kept, so that its address stays its own
    std::shared_ptr<const json> message;
  };
  std::array<Parsed, 16> parsed_;
  std::size_t next_parsed_ = 0;
};

}  // namespace rundbord::sim
