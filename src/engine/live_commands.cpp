// How a live workshop takes commands: repeats, rights, decision, commit, fan-out.
#include <algorithm>

#include "engine/live_workshop_impl.hpp"

namespace rundbord::engine {
namespace {

constexpr std::size_t server_mark_bytes = 8;

// Names the server's own commands; ids with its mark are refused from clients, who could otherwise
// have the server's next commands taken for repeats. By chance one in 2^64 draws it.
CommandId server_command_id(std::uint64_t seq) {
  CommandId id;
  id.bytes.fill(0xff);
  for (std::size_t i = 0; i < sizeof seq; ++i) {
    id.bytes[15 - i] = static_cast<std::uint8_t>(seq >> (8 * i));
  }
  return id;
}

bool is_servers_own(const CommandId& id) {
  return std::all_of(id.bytes.begin(), id.bytes.begin() + server_mark_bytes,
                     [](auto byte) { return byte == 0xff; });
}

bool holds(const Grant& grant, const SeatId& seat) {
  return std::find(grant.seats.begin(), grant.seats.end(), seat) != grant.seats.end();
}

bool erases(const Command& command) {
  return std::holds_alternative<EraseNote>(command) || std::holds_alternative<EraseText>(command) ||
         std::holds_alternative<EraseSeat>(command) ||
         std::holds_alternative<EraseMessage>(command) ||
         std::holds_alternative<EraseRoomName>(command) ||
         std::holds_alternative<EraseQuestion>(command);
}

std::optional<SeatId> named_seat(const Context& context, bool names_seat) {
  const auto* by = std::get_if<BySeat>(&context.actor);
  return by && names_seat ? std::optional(by->seat) : std::nullopt;
}

}  // namespace

void LiveWorkshop::Impl::hear(SessionId session, const protocol::CommandMessage& message) {
  const auto& grant = sessions.at(session);
  const auto refuse = [&](RejectionCode code, std::string field) {
    send_durable(session,
                 protocol::rejected_message(message.id, {code, std::move(field), {}}, head.seq));
  };
  if (const auto wait = busy_for(message); wait > Duration::zero()) {
    return refuse_busy(session, message.id,
                       {RejectionCode::busy, "", {{"retry_ms", wait.count()}}});
  }
  if (is_servers_own(message.id)) return refuse(RejectionCode::malformed, "id");
  if (message.seat && !holds(grant, *message.seat)) {
    return refuse(RejectionCode::foreign_seat, "seat");
  }
  if (!message.seat && !grant.organiser) return refuse(RejectionCode::forbidden, "seat");
  Context context{now, ByOrganiser{}, std::nullopt};
  if (message.seat) context.actor = BySeat{*message.seat};
  if (message.author_key) context.author_key = options.hash_author_key(*message.author_key);
  const auto result = submit(message.id, message.command, context);
  if (const auto* rejection = std::get_if<Rejection>(&result)) {
    if (rejection->code == RejectionCode::busy) return refuse_busy(session, message.id, *rejection);
    return send_durable(session, protocol::rejected_message(message.id, *rejection, head.seq));
  }
  const auto& done_now = std::get<Done>(result);
  const Acknowledgement ok{session, message.id, done_now.seq, done_now.wrote};
  if (erases(message.command) && head.erasures_finished < head.erasures) {
    return waiting_erasures.push_back(ok);
  }
  outbox.put(head.seq, ok);
  release();
}

// Who has gone meanwhile asks again with the same id.
void LiveWorkshop::Impl::answer_erasures() {
  if (head.erasures_finished < head.erasures) return;
  for (const auto& ok : std::exchange(waiting_erasures, {})) outbox.put(head.seq, ok);
  release();
}

Duration LiveWorkshop::Impl::busy_for(const protocol::CommandMessage& message) {
  if (outbox.size() >= options.answers_in_flight_max) return Duration(busy_retry_ms);
  const auto seat = message.seat ? by_seat.find(*message.seat) : by_seat.end();
  return seat == by_seat.end() ? Duration::zero() : seat->second.commands.try_take(1, now);
}

// At once, on the state that is durable: it is about our capacity and tells nothing of the rest.
void LiveWorkshop::Impl::refuse_busy(SessionId session, const CommandId& id,
                                     const Rejection& busy) {
  send(session, protocol::rejected_message(id, busy, durable));
}

void LiveWorkshop::Impl::hear(SessionId session, const protocol::Unreadable& unreadable) {
  send_durable(session, protocol::rejected_message(unreadable.id, unreadable.rejection, head.seq));
}

auto LiveWorkshop::Impl::submit(const CommandId& id, const Command& command, const Context& context)
    -> std::variant<Rejection, Done> {
  if (const auto repeated = done.find(id); repeated != done.end()) return Done{repeated->second};
  if (const auto* repeated = not_done.find(id)) {
    if (repeated->refused) return *repeated->refused;
    return Done{repeated->seq, false};
  }
  if (head.seq - durable >= options.commits_in_flight_max) {
    return Rejection{RejectionCode::busy, "", {{"retry_ms", busy_retry_ms}}};
  }
  auto decision = decide(head, command, context);
  if (auto* rejection = std::get_if<Rejection>(&decision)) {
    not_done.keep(id, {head.seq, *rejection});
    return std::move(*rejection);
  }
  auto& decided = std::get<Decided>(decision);
  if (decided.events.empty()) {
    not_done.keep(id, {head.seq, std::nullopt});
    return Done{head.seq, false};
  }
  return Done{commit(id, context, std::move(decided))};
}

std::uint64_t LiveWorkshop::Impl::commit(const CommandId& id, const Context& context,
                                         Decided decided) {
  protocol::Commit commit{head.seq + 1, context.now, id, named_seat(context, decided.names_seat),
                          std::move(decided.events)};
  auto stored = protocol::encode_commit(commit);
  Append append{commit.seq, std::move(stored.header), std::move(stored.texts), {}};
  for (const auto& name : decided.names) {
    std::optional<std::string> value;
    if (!name.erased) value = protocol::name_row_value(name);
    append.names.push_back({protocol::name_row_key(head.id, name.seat), std::move(value)});
    if (name.erased) {
      names.erase(name.seat);
    } else {
      names[name.seat] = {name.version, name.person, name.organisation};
    }
  }
  actions.push_back(std::move(append));
  for (const auto& event : commit.events) evolve(head, event, commit.at);
  head.seq = commit.seq;
  done.emplace(id, commit.seq);
  publish(commit);
  for (const auto& event : commit.events) after(event);
  return commit.seq;
}

// Each channel gets the commit's events that it may see, encoded once for all who listen.
void LiveWorkshop::Impl::publish(const protocol::Commit& commit) {
  const protocol::View view{head, names, &counts};
  std::map<Channel, std::string> events_by_channel;
  for (const auto& event : commit.events) {
    counts.forget_if_changed(event);
    for (const auto& channel : audience(event)) {
      if (!fan_out.ever_heard(channel)) {
        fan_out.passed(channel, commit.seq);
        continue;
      }
      auto& events = events_by_channel[channel];
      auto encoded = protocol::encode_event(view, event, channel);
      if (!events.empty() && !encoded.empty()) events += ',';
      events += encoded;
    }
  }
  for (const auto& [channel, events] : events_by_channel) {
    fan_out.publish(channel, commit.seq,
                    protocol::encode_commit_for_channel(commit.seq, commit.at, events), now);
  }
}

// What an event means for sessions and for the archive, beyond what they are told of it.
void LiveWorkshop::Impl::after(const Event& event) {
  if (const auto* moved = std::get_if<SeatMoved>(&event)) {
    leave_rooms(moved->seat, moved->from);
    if (moved->from) presence.touch(*moved->from, now);
    if (moved->to) presence.touch(*moved->to, now);
  } else if (const auto* removed = std::get_if<SeatRemoved>(&event)) {
    leave_rooms(removed->seat, removed->room);
  } else if (std::holds_alternative<SittingRevised>(event)) {
    ask_for_revisions();
  } else if (std::holds_alternative<ErasureOrdered>(event)) {
    fan_out.forget_commits(now);
    snapshots.forget();
    ask_for_erasures();
  } else if (std::holds_alternative<ErasureFinished>(event)) {
    answer_erasures();
  }
}

void LiveWorkshop::Impl::submit_by_server(const Command& command) {
  submit(server_command_id(head.seq + 1), command, Context{now, ByServer{}, std::nullopt});
}

}  // namespace rundbord::engine
