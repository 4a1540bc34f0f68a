// The driver of all live workshops: loads them from the log on demand, hands them their inputs, and
// performs their actions; decides nothing. Owned by the server; io thread.
#pragma once
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "engine/live_workshop.hpp"
#include "log/event_log.hpp"
#include "net/loop.hpp"
#include "net/metrics.hpp"
#include "net/server_options.hpp"

namespace rundbord::net {

struct LoadedWorkshop;

// A session's way out, seen from its workshop. Both return at once.
class SessionSink {
 public:
  virtual ~SessionSink() = default;
  virtual void send(engine::Frame frame, bool asked_for) = 0;
  virtual void close(engine::CloseCode code, std::string reason) = 0;
};

// What became of a command, or what a read returned.
using Outcome = std::variant<engine::Accepted, Rejection, std::string>;
using OutcomeDone = std::function<void(Outcome)>;
using ReadWorkshop = std::function<std::string(const Workshop&, const protocol::Names&)>;

struct WorkshopHostOptions {
  std::function<RevisionResult(const RevisionRequest&)> write_revision;
  std::function<ErasureResult(const WorkshopId&)> erase_words;
  std::function<void(const WorkshopId&)> note_deletion;
  access::RandomSource random;
  Duration idle_max;
  std::uint64_t commits_per_snapshot;
  Duration snapshot_look = std::chrono::seconds(1);
  std::function<void(const log::AppendResult&)> heard_log = {};  // each answer to a commit
  engine::LiveWorkshopOptions limits{};                          // its history is the log's
};

class WorkshopHost {
 public:
  WorkshopHost(Loop& loop, log::EventLog& log, Metrics& metrics, WorkshopHostOptions options);
  ~WorkshopHost();

  // The first command of a workshop that is not in the log yet.
  void create(const WorkshopId& id, Command create, OutcomeDone done);
  void submit(const WorkshopId& id, Actor actor, Command command, OutcomeDone done);
  // Answered when all the state it saw is durable.
  void read(const WorkshopId& id, ReadWorkshop read, OutcomeDone done);

  // Loads the workshop if it is not alive; a rejection when there is none or it cannot be read.
  void wake(const WorkshopId& id, std::function<void(std::optional<Rejection>)> done);
  // Loads every workshop once, one after the other: deadlines that passed while the server was
  // away, and revisions that were not written yet.
  void wake_all();

  // After wake(). Nothing: it died in between.
  std::optional<engine::SessionId> open(const WorkshopId& id, engine::Grant grant,
                                        std::shared_ptr<SessionSink> sink);
  std::size_t sessions(const WorkshopId& id);
  void received(const WorkshopId& id, engine::SessionId session, std::string message);
  void gone(const WorkshopId& id, engine::SessionId session);

  // Closes the workshop's sessions and removes it from the log for good. False when the log could
  // not.
  void remove(const WorkshopId& id, std::function<void(bool)> done);

  // Tells every session to come back later; `drained` when all is stored and all have gone.
  void shut_down(std::function<void()> drained);

 private:
  struct Live;
  using Waiter = std::function<void(Live*, const Rejection*)>;
  struct Entry {
    std::unique_ptr<Live> live;  // null: being loaded
    std::vector<Waiter> waiting;
  };

  void with_live(const WorkshopId& id, Waiter waiter);
  void load(const WorkshopId& id);
  void loaded(const WorkshopId& id, LoadedWorkshop& loaded);
  void keep_state_when_due(const WorkshopId& id);
  void keep_state_when_calm(const WorkshopId& id, std::uint64_t serial);
  void keep_state_now(const WorkshopId& id, std::uint64_t serial);
  Live& adopt(const WorkshopId& id, std::unique_ptr<engine::LiveWorkshop> machine);
  Live* find(const WorkshopId& id);
  void wake_next(std::shared_ptr<std::vector<WorkshopId>> rest);

  void step(Live& live, engine::Input input);
  void perform(Live& live, std::vector<engine::Action> actions);
  void act(Live& live, engine::Append& append);
  void act(Live& live, engine::Send& send);
  void act(Live& live, engine::SendOk& ok);
  void act(Live& live, engine::Close& close);
  void act(Live& live, engine::Answer& answer);
  void act(Live& live, engine::WakeAt& wake);
  void act(Live& live, engine::WriteRevision& write);
  void act(Live& live, engine::EraseWords& erase);
  void act(Live& live, engine::Die& die);

  void appended(const WorkshopId& id, std::uint64_t serial, const log::AppendResult& result,
                Time since);
  void write_revision(const WorkshopId& id, std::uint64_t serial, engine::WriteRevision write);
  void revision_written(const RevisionRequest& request, std::uint64_t serial,
                        const RevisionResult& result);
  void erase_words(const WorkshopId& id, int erasure);
  void words_erased(const WorkshopId& id, int erasure, const ErasureResult& result);
  void in_turn(const WorkshopId& id, std::function<void()> work, std::function<void()> after);
  void next_in_turn(const WorkshopId& id);
  void drop(const WorkshopId& id);
  void drop_when_idle(const WorkshopId& id, std::uint64_t serial);
  void check_drained();

  Loop& loop_;
  log::EventLog& log_;
  Metrics& metrics_;
  WorkshopHostOptions options_;
  std::map<WorkshopId, Entry> entries_;
  // Slow work on what is stored of a workshop, one after the other, also across its lives: a
  // revision is never written from words that are being erased.
  struct Turn {
    std::function<void()> work;   // in the pool
    std::function<void()> after;  // here
  };
  std::map<WorkshopId, std::deque<Turn>> turns_;  // the first is under way
  std::set<WorkshopId> removed_;                  // while the log forgets them
  std::uint64_t drawn_ = 0;                       // sessions, tokens and serials: each number once
  bool shutting_down_ = false;
  std::function<void()> drained_;
};

}  // namespace rundbord::net
