#include "net/workshop_host.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "net/state_loading.hpp"
#include "net/workshop_life.hpp"
#include "protocol/server_message.hpp"

namespace rundbord::net {
namespace {

constexpr Duration revision_retry_after = std::chrono::seconds(60);

std::string_view error_name(log::AppendError error) {
  switch (error) {
    case log::AppendError::wrong_seq:
      return "wrong_seq";
    case log::AppendError::disk_full:
      return "disk_full";
    case log::AppendError::io_error:
      return "io_error";
    case log::AppendError::closed:
      return "closed";
  }
  return "io_error";
}

std::optional<ChainHash> stored_chain(log::EventLog& log, const WorkshopId& id, std::uint64_t seq) {
  std::optional<ChainHash> chain;
  try {
    log.read(id, seq, [&](const log::StoredCommit& commit) {
      if (commit.seq == seq) chain = commit.chain;
      return false;
    });
  } catch (const log::LogError& error) {
    spdlog::error("a commit of workshop {} cannot be read: {}", to_text(id), error.sentence);
  }
  return chain;
}

}  // namespace

WorkshopHost::WorkshopHost(Loop& loop, log::EventLog& log, Metrics& metrics,
                           WorkshopHostOptions options)
    : loop_(loop), log_(log), metrics_(metrics), options_(std::move(options)) {}
WorkshopHost::~WorkshopHost() = default;

// --- what others ask
// --------------------------------------------------------------------------------

void WorkshopHost::create(const WorkshopId& id, Command create, OutcomeDone done) {
  if (shutting_down_) return done(plain_rejection(RejectionCode::busy));
  Live& live = adopt(id, new_machine(log_, id, options_.limits));
  perform(live, live.machine.start(loop_.now()));
  submit(id, ByOrganiser{}, std::move(create), [this, id, done](Outcome outcome) {
    // Refused: there is nothing of it to keep alive.
    if (const Live* refused = find(id); refused && refused->machine.durable_seq() == 0) drop(id);
    done(std::move(outcome));
  });
}

void WorkshopHost::submit(const WorkshopId& id, Actor actor, Command command, OutcomeDone done) {
  with_live(id, [this, actor, command, done](Live* live, const Rejection* refused) {
    if (!live) return done(*refused);
    const engine::Token token{++drawn_};
    live->waiting.emplace(token, done);
    step(*live, engine::Submit{token, actor, CommandId{options_.random()}, command});
  });
}

void WorkshopHost::read(const WorkshopId& id, ReadWorkshop read, OutcomeDone done) {
  with_live(id, [this, read, done](Live* live, const Rejection* refused) {
    if (!live) return done(*refused);
    const engine::Token token{++drawn_};
    live->waiting.emplace(token, done);
    step(*live, engine::Read{token, read});
  });
}

void WorkshopHost::wake(const WorkshopId& id, std::function<void(std::optional<Rejection>)> done) {
  with_live(id, [done](Live* live, const Rejection* refused) {
    done(live ? std::nullopt : std::optional(*refused));
  });
}

void WorkshopHost::wake_all() {
  auto ids = std::make_shared<std::vector<WorkshopId>>();
  loop_.in_pool(
      [this, ids] {
        try {
          *ids = log_.workshops();
        } catch (const log::LogError& error) {
          spdlog::error("the workshops cannot be listed: {}", error.sentence);
        }
      },
      [this, ids] { wake_next(ids); });
}

void WorkshopHost::wake_next(std::shared_ptr<std::vector<WorkshopId>> rest) {
  if (rest->empty() || shutting_down_) return;
  const WorkshopId id = rest->back();
  rest->pop_back();
  wake(id,
       [this, rest](std::optional<Rejection>) { loop_.post([this, rest] { wake_next(rest); }); });
}

std::optional<engine::SessionId> WorkshopHost::open(const WorkshopId& id, engine::Grant grant,
                                                    std::shared_ptr<SessionSink> sink) {
  Live* live = find(id);
  if (!live || shutting_down_) return std::nullopt;
  const engine::SessionId session{++drawn_};
  live->sessions.emplace(session, std::move(sink));
  metrics_.count(Count::sockets_opened);
  metrics_.change(Level::sockets, 1);
  step(*live, engine::Opened{session, std::move(grant)});
  return session;
}

std::size_t WorkshopHost::sessions(const WorkshopId& id) {
  const Live* live = find(id);
  return live ? live->sessions.size() : 0;
}

void WorkshopHost::received(const WorkshopId& id, engine::SessionId session, std::string message) {
  if (Live* live = find(id)) step(*live, engine::Received{session, std::move(message)});
}

void WorkshopHost::gone(const WorkshopId& id, engine::SessionId session) {
  metrics_.change(Level::sockets, -1);
  Live* live = find(id);
  if (!live || live->sessions.erase(session) == 0) return;
  const auto serial = live->serial;
  step(*live, engine::Gone{session});
  drop_when_idle(id, serial);
  check_drained();
}

void WorkshopHost::remove(const WorkshopId& id, std::function<void(bool)> done) {
  removed_.insert(id);
  if (Live* live = find(id)) {
    for (auto& [session, sink] : live->sessions) {
      sink->close(engine::CloseCode::closed, "the workshop was deleted");
    }
  }
  drop(id);
  auto removed = std::make_shared<bool>(false);
  in_turn(
      id,
      [this, id, removed] {
        try {
          if (options_.note_deletion) options_.note_deletion(id);
          log_.remove(id);
          *removed = true;
        } catch (const log::LogError& error) {
          spdlog::error("a workshop could not be deleted: {}", error.sentence);
        }
      },
      [this, id, removed, done] {
        removed_.erase(id);
        done(*removed);
      });
}

void WorkshopHost::shut_down(std::function<void()> drained) {
  shutting_down_ = true;
  drained_ = std::move(drained);
  std::vector<WorkshopId> ids;
  for (const auto& [id, entry] : entries_) ids.push_back(id);
  for (const auto& id : ids) {
    if (Live* live = find(id)) step(*live, engine::ShutDown{});
  }
  check_drained();
}

void WorkshopHost::check_drained() {
  if (!drained_) return;
  for (const auto& [id, entry] : entries_) {
    if (!entry.live) continue;
    if (!entry.live->sessions.empty() || entry.live->appends_under_way > 0) return;
  }
  loop_.post(std::exchange(drained_, nullptr));
}

// --- performing
// -------------------------------------------------------------------------------------

void WorkshopHost::step(Live& live, engine::Input input) {
  perform(live, live.machine.step(std::move(input), loop_.now()));
}

void WorkshopHost::perform(Live& live, std::vector<engine::Action> actions) {
  for (auto& action : actions) {
    std::visit([&](auto& kind) { act(live, kind); }, action);
  }
  if (live.dead) drop(live.id);
}

void WorkshopHost::act(Live& live, engine::Append& append) {
  log::Append stored{live.id, {}, {}};
  stored.commits.push_back({append.seq, std::move(append.header), std::move(append.texts)});
  for (auto& name : append.names) {
    stored.rows.push_back({"name", std::move(name.key), std::move(name.value)});
  }
  ++live.appends_under_way;
  const auto since = loop_.now();
  log_.append(std::move(stored), [this, id = live.id, serial = live.serial,
                                  since](const log::AppendResult& result) {
    loop_.post([this, id, serial, result, since] { appended(id, serial, result, since); });
  });
}

void WorkshopHost::appended(const WorkshopId& id, std::uint64_t serial,
                            const log::AppendResult& result, Time since) {
  const auto* stored = std::get_if<log::Appended>(&result);
  metrics_.count(stored ? Count::commits_stored : Count::commits_failed);
  if (stored) {
    metrics_.commit_took(std::chrono::duration<double>(loop_.now() - since).count());
  }
  if (options_.heard_log) options_.heard_log(result);
  Live* live = find(id);
  if (!live || live->serial != serial) return;
  --live->appends_under_way;
  if (stored) {
    step(*live, engine::Stored{stored->seq, stored->chains.back()});
    keep_state_when_due(id);
    drop_when_idle(id, serial);
  } else {
    const auto code = error_name(std::get<log::AppendError>(result));
    spdlog::error("a commit of workshop {} could not be stored: {}", to_text(id), code);
    step(*live, engine::StoreFailed{std::string(code)});
  }
  check_drained();
}

void WorkshopHost::act(Live& live, engine::Send& send) {
  const auto session = live.sessions.find(send.session);
  if (session != live.sessions.end()) {
    session->second->send(std::move(send.frame), send.asked_for);
  }
}

// Without its hash it would be no receipt: where the log cannot be read the session is sent away
// and comes back, as where it cannot be written.
void WorkshopHost::act(Live& live, engine::SendOk& ok) {
  auto message = std::make_shared<std::string>();
  loop_.in_pool(
      [this, id = live.id, ok, message] {
        const auto chain = stored_chain(log_, id, ok.seq);
        if (chain) *message = protocol::ok_message(ok.id, ok.seq, chain);
      },
      [this, id = live.id, serial = live.serial, session = ok.session, message] {
        Live* still = find(id);
        if (!still || still->serial != serial) return;
        engine::Close failed{session, engine::CloseCode::failed, "io_error"};
        if (message->empty()) return act(*still, failed);
        engine::Send send{session, message};
        act(*still, send);
      });
}

void WorkshopHost::act(Live& live, engine::Close& close) {
  const auto session = live.sessions.find(close.session);
  if (session != live.sessions.end()) session->second->close(close.code, std::move(close.reason));
}

// Posted, so that what the answer leads to is not done in the middle of these actions.
void WorkshopHost::act(Live& live, engine::Answer& answer) {
  auto waiting = live.waiting.extract(answer.token);
  if (waiting.empty()) return;
  loop_.post([done = std::move(waiting.mapped()), result = std::move(answer.result)] {
    std::visit([&](const auto& kind) { done(Outcome{kind}); }, result);
  });
}

void WorkshopHost::act(Live& live, engine::WakeAt& wake) {
  live.wakes = true;
  live.alarm->set(std::max(Duration::zero(), wake.at - loop_.now()));
}

void WorkshopHost::act(Live& live, engine::WriteRevision& write) {
  if (!options_.write_revision) return;
  if (!live.revisions_under_way.insert({write.sitting, write.revision}).second) return;
  write_revision(live.id, live.serial, write);
}

void WorkshopHost::act(Live& live, engine::EraseWords& erase) {
  if (options_.erase_words) erase_words(live.id, erase.erasure);
}

void WorkshopHost::act(Live& live, engine::Die&) {
  live.dead = true;
}

void WorkshopHost::write_revision(const WorkshopId& id, std::uint64_t serial,
                                  engine::WriteRevision write) {
  const RevisionRequest request{id, write.sitting, write.revision, write.seq};
  auto result = std::make_shared<RevisionResult>(RevisionFailed{});
  in_turn(
      id, [this, request, result] { *result = options_.write_revision(request); },
      [this, request, serial, result] { revision_written(request, serial, *result); });
}

void WorkshopHost::revision_written(const RevisionRequest& request, std::uint64_t serial,
                                    const RevisionResult& result) {
  Live* live = find(request.workshop);
  if (!live || live->serial != serial || shutting_down_) return;
  if (const auto* failed = std::get_if<RevisionFailed>(&result)) {
    spdlog::error("a revision of workshop {} is not written yet: {}", to_text(request.workshop),
                  failed->sentence);
    const engine::WriteRevision again{request.sitting, request.revision, request.seq};
    return loop_.after(revision_retry_after, [this, id = request.workshop, serial, again] {
      const Live* still = find(id);
      if (still && still->serial == serial) write_revision(id, serial, again);
    });
  }
  live->revisions_under_way.erase({request.sitting, request.revision});
  const SealRevision seal{request.sitting, request.revision,
                          std::get<RevisionSealed>(result).checksum};
  submit(request.workshop, ByServer{}, Command{seal}, [id = request.workshop](Outcome outcome) {
    if (const auto* refused = std::get_if<Rejection>(&outcome)) {
      spdlog::warn("a revision of workshop {} was not sealed: {}", to_text(id),
                   code_name(refused->code));
    }
  });
}

}  // namespace rundbord::net
