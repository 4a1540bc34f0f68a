// How a live workshop serves its sessions: subscriptions, presence, pings.
#include <algorithm>

#include "engine/live_workshop_impl.hpp"

namespace rundbord::engine {
namespace {

bool in_room(const Workshop& workshop, const Grant& grant, RoomNumber room) {
  return std::any_of(grant.seats.begin(), grant.seats.end(), [&](const SeatId& id) {
    const auto* seat = find_seat(workshop, id);
    return seat && seat->room == room;
  });
}

// One rule for each kind of channel: the whole of SPEC SB3.
struct MayHear {
  const Workshop& workshop;
  const Grant& grant;

  bool operator()(const Plenary&) const { return true; }
  bool operator()(const ConsoleChannel&) const { return grant.organiser; }
  bool operator()(const RoomChannel& channel) const {
    return find_room(workshop, channel.room) &&
           (grant.organiser || in_room(workshop, grant, channel.room));
  }
  bool operator()(const SeatChannel& channel) const {
    return std::find(grant.seats.begin(), grant.seats.end(), channel.seat) != grant.seats.end();
  }
  bool operator()(const WallChannel&) const { return grant.organiser || grant.projector; }
};

}  // namespace

void LiveWorkshop::Impl::enter(SessionId session, const Grant& grant) {
  for (const auto& seat : grant.seats) {
    auto& of_seat =
        by_seat.try_emplace(seat, SeatSessions{{}, Budget(options.commands_per_seat, now)})
            .first->second;
    of_seat.sessions.push_back(session);
    if (of_seat.sessions.size() <= options.sessions_per_seat_max) continue;
    actions.push_back(
        Close{of_seat.sessions.front(), CloseCode::moved, "this seat has too many sockets"});
    of_seat.sessions.pop_front();
  }
}

void LiveWorkshop::Impl::leave(SessionId session, const Grant& grant) {
  for (const auto& seat : grant.seats) {
    auto& of_seat = by_seat.at(seat).sessions;
    const auto found = std::find(of_seat.begin(), of_seat.end(), session);
    if (found != of_seat.end()) of_seat.erase(found);
  }
}

bool LiveWorkshop::Impl::may_hear(const Grant& grant, const Channel& channel) const {
  return std::visit(MayHear{head, grant}, channel);
}

void LiveWorkshop::Impl::hear(SessionId session, const protocol::Subscribe& message) {
  for (const auto& subscription : message.channels) subscribe(session, subscription);
  release();
}

void LiveWorkshop::Impl::subscribe(SessionId session, const protocol::Subscription& subscription) {
  const auto& channel = subscription.channel;
  if (!may_hear(sessions.at(session), channel)) {
    return send_durable(session, protocol::refused_message(channel, RejectionCode::forbidden));
  }
  const bool one_more = !fan_out.hears(session, channel);
  if (one_more && fan_out.channels_of(session) >= options.channels_per_session_max) {
    return send_durable(session, protocol::refused_message(channel, RejectionCode::too_many));
  }
  const auto& position = subscription.position;
  const bool known = position && position->history == options.history;
  const auto seq = known ? std::optional(position->seq) : std::nullopt;
  if (!fan_out.subscribe(session, channel, seq, now)) {
    outbox.put(head.seq, Send{session, snapshot(channel), true});
  }
  send_presence(session, channel);
}

// What a room's snapshot shows changes only by commits that the room hears, and the plenary's
// settle how it shows it. Others show some of what is told elsewhere: a seat whether it is away,
// the plenary whether a step was ever started.
std::uint64_t LiveWorkshop::Impl::could_change(const Channel& channel) const {
  if (!std::holds_alternative<RoomChannel>(channel)) return head.seq;
  return std::max(fan_out.position(channel), fan_out.position(Plenary{}));
}

Frame LiveWorkshop::Impl::snapshot(const Channel& channel) {
  const auto newest = could_change(channel);
  if (auto kept = snapshots.find(channel, newest)) return kept;
  auto frame = std::make_shared<const std::string>(
      protocol::snapshot_message(channel, options.history, fan_out.position(channel),
                                 protocol::encode_state({head, names}, channel)));
  snapshots.keep(channel, newest, frame);
  return frame;
}

void LiveWorkshop::Impl::hear(SessionId session, const protocol::Unsubscribe& message) {
  for (const auto& channel : message.channels) fan_out.unsubscribe(session, channel);
}

void LiveWorkshop::Impl::hear(SessionId session, const protocol::Ping&) {
  send(session, protocol::pong_message(now));
}

void LiveWorkshop::Impl::hear(SessionId session, const protocol::Writing& writing) {
  const auto& seats = sessions.at(session).seats;
  if (std::find(seats.begin(), seats.end(), writing.seat) == seats.end()) return;
  presence.writes(writing.seat, writing.place);
  touch_presence(writing.seat);
}

// A session none of whose seats is in the room any more stops hearing it (SPEC SB4).
void LiveWorkshop::Impl::leave_rooms(const SeatId& seat, const std::optional<RoomNumber>& room) {
  if (!room) return;
  const RoomChannel channel{*room};
  const auto listeners = fan_out.sessions(channel);
  for (const auto session : listeners) {
    const auto& grant = sessions.at(session);
    if (std::find(grant.seats.begin(), grant.seats.end(), seat) == grant.seats.end()) continue;
    if (may_hear(grant, channel)) continue;
    fan_out.unsubscribe(session, channel);
    outbox.put(head.seq, Send{session, std::make_shared<const std::string>(
                                           protocol::unsubscribed_message(channel))});
  }
}

void LiveWorkshop::Impl::touch_presence(const SeatId& id) {
  const auto* seat = find_seat(head, id);
  if (seat && seat->room) presence.touch(*seat->room, now);
}

void LiveWorkshop::Impl::tell_presence(RoomNumber room) {
  const auto frame = std::make_shared<const std::string>(presence.message(head, room));
  for (const auto session : fan_out.sessions(RoomChannel{room})) {
    actions.push_back(Send{session, frame});
  }
  for (const auto session : fan_out.sessions(ConsoleChannel{})) {
    actions.push_back(Send{session, frame});
  }
}

void LiveWorkshop::Impl::send_presence(SessionId session, const Channel& channel) {
  if (const auto* room = std::get_if<RoomChannel>(&channel)) {
    send_durable(session, presence.message(head, room->room));
  } else if (std::holds_alternative<ConsoleChannel>(channel)) {
    for (const auto& [number, room] : head.rooms) {
      send_durable(session, presence.message(head, number));
    }
  }
}

}  // namespace rundbord::engine
