// The parts of a live workshop. Inside engine/ only; one thread.
#pragma once
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "domain/evolve.hpp"
#include "engine/answers_kept.hpp"
#include "engine/fan_out.hpp"
#include "engine/live_workshop.hpp"
#include "engine/outbox.hpp"
#include "engine/presence.hpp"
#include "engine/snapshot_cache.hpp"
#include "protocol/client_message.hpp"
#include "protocol/log_codec.hpp"
#include "protocol/wire_codec.hpp"

namespace rundbord::engine {

// When a disk that is behind is worth asking again.
inline constexpr std::int64_t busy_retry_ms = 500;
// How fast sessions that are sent away are asked to come back; half of what was measured.
inline constexpr std::size_t reconnects_per_second_max = 2'000;

// A seat's sessions, the oldest first, and what they may still ask for together.
struct SeatSessions {
  std::deque<SessionId> sessions;
  Budget commands;
};

struct LiveWorkshop::Impl {
  Impl(WorkshopId id, LiveWorkshopOptions given);

  // Inputs.
  void take(const Opened& opened);
  void take(const Received& received);
  void take(const Gone& gone);
  void take(const Submit& submit);
  void take(const Read& read);
  void take(const Stored& stored);
  void take(const StoreFailed& failed);
  void take(const Tick& tick);
  void take(const ShutDown& shut_down);

  // What a session may send.
  void hear(SessionId session, const protocol::Subscribe& subscribe);
  void hear(SessionId session, const protocol::Unsubscribe& unsubscribe);
  void hear(SessionId session, const protocol::Ping& ping);
  void hear(SessionId session, const protocol::Writing& writing);
  void hear(SessionId session, const protocol::CommandMessage& message);
  void hear(SessionId session, const protocol::Unreadable& unreadable);

  // Beyond capacity: when to try again. Zero: go on.
  Duration busy_for(const protocol::CommandMessage& message);
  void refuse_busy(SessionId session, const CommandId& id, const Rejection& busy);
  void enter(SessionId session, const Grant& grant);
  void leave(SessionId session, const Grant& grant);

  // Decides and, if accepted, commits.
  struct Done {
    std::uint64_t seq = 0;  // to wait for
    bool wrote = true;      // by this command, now or when it came first
  };
  std::variant<Rejection, Done> submit(const CommandId& id, const Command& command,
                                       const Context& context);
  std::uint64_t commit(const CommandId& id, const Context& context, Decided decided);
  void publish(const protocol::Commit& commit);
  void after(const Event& event);
  void fold_positions(const protocol::Commit& commit);
  void submit_by_server(const Command& command);

  void subscribe(SessionId session, const protocol::Subscription& subscription);
  // The last commit that could have changed the channel's snapshot.
  std::uint64_t could_change(const Channel& channel) const;
  Frame snapshot(const Channel& channel);
  bool may_hear(const Grant& grant, const Channel& channel) const;
  void leave_rooms(const SeatId& seat, const std::optional<RoomNumber>& room);
  void tell_presence(RoomNumber room);
  void send_presence(SessionId session, const Channel& channel);
  void touch_presence(const SeatId& seat);
  void keep_time();
  void ask_for_revisions();
  void ask_for_erasures();
  void answer_erasures();
  // Sends now: nothing in it depends on what the log has.
  void send(SessionId session, std::string message);
  void send_durable(SessionId session, std::string message);
  // What the log has made durable leaves.
  void release();
  void close_all(CloseCode code, const std::string& reason);

  LiveWorkshopOptions options;
  Workshop head;
  protocol::Names names;
  protocol::ColumnCounts counts;  // used by the console's channel, which hears of every note
  std::uint64_t durable = 0;
  // Command → its commit. Ordered: clients draw these ids, and could draw them so that a hash
  // table's buckets become lists.
  std::map<CommandId, std::uint64_t> done;
  // Those who may repeat them are connected now, so these need not outlive the process.
  AnswersKept not_done;
  std::map<SessionId, Grant> sessions;
  RecentChains chains;
  std::map<SeatId, SeatSessions> by_seat;
  SnapshotCache snapshots;
  // Of commands that erase: waits until nothing that was ordered is left on the disk.
  std::vector<Acknowledgement> waiting_erasures;
  Outbox outbox;
  FanOut fan_out;
  Presence presence;
  Time now;
  // How far the log's time is ahead of the driver's clock, when that was set back before start().
  Duration ahead{};
  std::optional<Time> wake_at;
  bool dead = false;
  std::vector<Action> actions;  // of the step under way
};

}  // namespace rundbord::engine
