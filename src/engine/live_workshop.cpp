#include "engine/live_workshop.hpp"

#include <algorithm>

#include "domain/limits.hpp"
#include "engine/live_workshop_impl.hpp"

namespace rundbord::engine {
namespace {

// Each session gets a moment of its own to come back in, so that a server that has just started, or
// a disk that has just failed, is not asked by everybody at once.
std::string come_back(const std::string& why, std::size_t place) {
  return why + " retry_ms=" + std::to_string(1000 * place / reconnects_per_second_max);
}

}  // namespace

LiveWorkshop::LiveWorkshop(WorkshopId id, LiveWorkshopOptions options)
    : impl_(std::make_unique<Impl>(id, std::move(options))) {}
LiveWorkshop::~LiveWorkshop() = default;
LiveWorkshop::LiveWorkshop(LiveWorkshop&&) noexcept = default;

std::vector<Action> LiveWorkshop::step(Input input, Time now) {
  auto& impl = *impl_;
  if (impl.dead) return {};
  // A clock set back must neither make events run backwards nor stand still until it has caught up.
  impl.now = std::max(impl.now, now + impl.ahead);
  std::visit([&](const auto& kind) { impl.take(kind); }, input);
  if (!impl.dead) impl.keep_time();
  return std::exchange(impl.actions, {});
}

std::vector<Action> LiveWorkshop::start(Time now) {
  auto& impl = *impl_;
  impl.ahead = std::max(Duration::zero(), impl.now - now);
  impl.now = now + impl.ahead;
  const bool live =
      std::any_of(impl.head.sittings.begin(), impl.head.sittings.end(), [](const auto& entry) {
        return entry.second.state == SittingState::open ||
               entry.second.state == SittingState::called_back;
      });
  for (const auto& [id, seat] : impl.head.seats) {
    if (live && !seat.host && !seat.away) impl.presence.expect(id, impl.now + away_after);
  }
  impl.ask_for_revisions();
  impl.ask_for_erasures();
  impl.keep_time();
  return std::exchange(impl.actions, {});
}

std::uint64_t LiveWorkshop::durable_seq() const {
  return impl_->durable;
}
std::size_t LiveWorkshop::sessions() const {
  return impl_->sessions.size();
}

LiveWorkshop::Impl::Impl(WorkshopId id, LiveWorkshopOptions given)
    : options(std::move(given)),
      snapshots(options.snapshot_bytes_max),
      fan_out(options.ring_bytes_max, outbox) {
  head.id = id;
}

void LiveWorkshop::Impl::take(const Opened& opened) {
  sessions[opened.session] = opened.grant;
  send(opened.session, protocol::welcome_message({options.history, now, opened.grant.seats,
                                                  opened.grant.organiser, opened.grant.projector}));
  enter(opened.session, opened.grant);
  for (const auto& id : opened.grant.seats) {
    presence.connected(id);
    touch_presence(id);
    const auto* seat = find_seat(head, id);
    if (seat && seat->away) submit_by_server(NoteAbsence{id, false});
  }
}

void LiveWorkshop::Impl::take(const Received& received) {
  if (sessions.count(received.session) == 0) return;
  auto message = protocol::read_client_message(received.message);
  // What cannot be answered until the disk goes on, and would only fill memory meanwhile.
  const bool full = outbox.size() >= options.answers_in_flight_max;
  const bool may_wait = std::holds_alternative<protocol::CommandMessage>(message) ||
                        std::holds_alternative<protocol::Ping>(message);
  if (full && !may_wait) {
    return actions.push_back(Close{received.session, CloseCode::failed, "the disk is behind"});
  }
  std::visit([&](const auto& kind) { hear(received.session, kind); }, message);
}

void LiveWorkshop::Impl::take(const Gone& gone) {
  const auto session = sessions.find(gone.session);
  if (session == sessions.end()) return;
  fan_out.forget(gone.session);
  leave(gone.session, session->second);
  for (const auto& id : session->second.seats) {
    presence.disconnected(id, now + away_after);
    touch_presence(id);
  }
  sessions.erase(session);
}

void LiveWorkshop::Impl::take(const Submit& given) {
  const auto result = submit(given.id, given.command, Context{now, given.actor, std::nullopt});
  if (const auto* rejection = std::get_if<Rejection>(&result)) {
    outbox.put(head.seq, Answer{given.token, *rejection});
  } else {
    const auto seq = std::get<Done>(result).seq;
    outbox.put(head.seq, Answer{given.token, Accepted{seq}});
  }
  release();
}

void LiveWorkshop::Impl::take(const Read& read) {
  outbox.put(head.seq, Answer{read.token, read.read(head, names)});
  release();
}

void LiveWorkshop::Impl::take(const Stored& stored) {
  durable = std::max(durable, stored.seq);
  chains.add(stored.seq, stored.chain);
  release();
}

// The head may hold what the disk does not: nothing of it is patched, everything is read again.
void LiveWorkshop::Impl::take(const StoreFailed& failed) {
  const Rejection rejection{RejectionCode::not_stored, "", {}};
  for (auto& lost : outbox.abandon()) {
    if (auto* answer = std::get_if<Answer>(&lost)) {
      actions.push_back(Answer{answer->token, rejection});
    }
  }
  close_all(CloseCode::failed, failed.code);
  actions.push_back(Die{});
  dead = true;
}

void LiveWorkshop::Impl::take(const Tick&) {
  wake_at.reset();
  for (const auto& id : presence.overdue(now)) {
    const auto* seat = find_seat(head, id);
    if (seat && !seat->away) submit_by_server(NoteAbsence{id, true});
  }
  if (const auto deadline = next_deadline(head); deadline && *deadline <= now) {
    submit_by_server(PassTime{});
  }
  for (const auto room : presence.rooms_due(now)) tell_presence(room);
}

void LiveWorkshop::Impl::take(const ShutDown&) {
  std::size_t place = 0;
  for (const auto& [session, grant] : sessions) {
    outbox.put(head.seq, Close{session, CloseCode::restart, come_back("restart", place++)});
  }
  release();
}

// Cuts the frames that are due and asks to be woken for what comes next.
void LiveWorkshop::Impl::keep_time() {
  auto next = fan_out.cut_due(now);
  release();
  for (const auto& at : {presence.next(), next_deadline(head)}) {
    if (at) next = next ? std::min(*next, *at) : *at;
  }
  // A time that has passed without a Tick was left behind by a clock set forwards: ask again.
  if (!next || (wake_at && *wake_at > now && *wake_at <= *next)) return;
  wake_at = next;
  actions.push_back(WakeAt{*next - ahead});
}

void LiveWorkshop::Impl::ask_for_revisions() {
  for (const auto& [number, sitting] : head.sittings) {
    if (sitting.revision == 0 || !sitting.checksum.empty()) continue;
    outbox.put(head.seq, WriteRevision{number, sitting.revision, head.seq});
  }
  release();
}

void LiveWorkshop::Impl::ask_for_erasures() {
  if (head.erasures_finished == head.erasures) return;
  outbox.put(head.seq, EraseWords{head.erasures});
  release();
}

void LiveWorkshop::Impl::send(SessionId session, std::string message) {
  actions.push_back(Send{session, std::make_shared<const std::string>(std::move(message))});
}

void LiveWorkshop::Impl::send_durable(SessionId session, std::string message) {
  outbox.put(head.seq, Send{session, std::make_shared<const std::string>(std::move(message))});
  release();
}

void LiveWorkshop::Impl::release() {
  outbox.release(durable, chains, actions);
}

void LiveWorkshop::Impl::close_all(CloseCode code, const std::string& reason) {
  std::size_t place = 0;
  for (const auto& [session, grant] : sessions) {
    actions.push_back(Close{session, code, come_back(reason, place++)});
  }
}

}  // namespace rundbord::engine
