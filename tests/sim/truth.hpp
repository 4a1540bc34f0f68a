// What is on the disk, read commit by commit as it gets there and folded apart from the server:
// what everything else is held against. Owned by the world; one thread.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "domain/audience.hpp"
#include "domain/workshop.hpp"
#include "erased_words.hpp"
#include "judge.hpp"
#include "log/event_log.hpp"
#include "protocol/log_codec.hpp"
#include "protocol/names_table.hpp"

namespace rundbord::sim {

// When a device of a seat was last connected, as the server could know.
struct Attendance {
  int open_sessions = 0;
  Time opened;  // the first of them
  std::optional<Time> last_gone;
};

class Truth {
 public:
  Truth(Judge& judge, const Scheduler& scheduler, WorkshopId workshop)
      : judge_(judge), scheduler_(scheduler) {
    fold_.id = workshop;
  }

  // Reads what is new in the log. `appended`: when the server handed it over.
  void read(log::EventLog& log, Time appended);
  // The disk has answered for everything up to this commit.
  void confirmed(std::uint64_t seq) { confirmed_.emplace(seq, scheduler_.now()); }

  const Workshop& fold() const { return fold_; }
  std::uint64_t seq() const { return fold_.seq; }
  protocol::Names names(log::EventLog& log) const;
  const ErasedWords& erased() const { return erased_; }
  // Says so when words that are erased and gone stand anywhere in what the log stores.
  void check_erased(log::EventLog& log) const;
  // The commit of a command, 0 when there is none.
  std::uint64_t seq_of(const CommandId& command) const;

  // The place in the chain of a commit that is in the log.
  const log::Hash& chain_of(std::uint64_t seq) const { return chains_[seq - 1]; }

  // Commits that touched a channel, in order.
  const std::vector<std::uint64_t>& commits_on(const Channel& channel) const;
  // The newest commit on the channel after `from` that must have left by then; else `from`. A frame
  // waits for the disk with all that was gathered into it, and behind what came before it: so a
  // commit is due when everything that was handed over by the end of its gathering is confirmed,
  // whatever came later. `oldest_unsynced`: when the first was handed over that the disk still has.
  std::uint64_t position_due(const Channel& channel, std::uint64_t from, Time by,
                             std::optional<Time> oldest_unsynced) const;
  // Whether the seat was in the room at that commit or came there later.
  bool in_room_since(const SeatId& seat, RoomNumber room, std::uint64_t seq) const;

  // The server's life, for what it may decide by the clock.
  void server_started();
  void clock_jumped() { last_jump_ = scheduler_.now(); }
  bool clock_was_set() const { return last_jump_.has_value(); }
  Time last_commit_at() const { return last_at_; }
  void session_opened(const SeatId& seat);
  void session_gone(const SeatId& seat);

  // Whether every author must stay unnamed, because the workshop began that way and stays so.
  bool hides_authors() const { return fold_.settings.authorship != Authorship::shown; }

 private:
  void take(const protocol::Commit& commit, Time appended);
  void learn_names(log::EventLog& log, const protocol::Commit& commit);
  void check_timers(const protocol::Commit& commit, Time appended);
  void check_sitting(const SittingProgress& next, Time at);
  void check_away(const SeatPresenceChanged& change, Time appended);
  void note_rooms(const Event& event, std::uint64_t seq);

  Judge& judge_;
  const Scheduler& scheduler_;
  Workshop fold_;
  Time last_at_;
  std::map<CommandId, std::uint64_t> by_command_;
  std::map<Channel, std::vector<std::uint64_t>> by_channel_;
  std::vector<Time> appended_;     // commit n + 1 at n
  std::vector<log::Hash> chains_;  // likewise
  std::map<std::uint64_t, Time> confirmed_;
  ErasedWords erased_;
  std::map<SeatId, std::vector<std::pair<std::uint64_t, std::optional<RoomNumber>>>> rooms_;
  std::map<SeatId, Attendance> attendance_;
  Time server_started_;
  std::optional<Time> last_jump_;
};

}  // namespace rundbord::sim
