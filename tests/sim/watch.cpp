#include "watch.hpp"

#include <algorithm>

namespace rundbord::sim {
namespace {

std::optional<CommandId> id_in(const json& message) {
  return id_from_text<CommandId>(message.value("id", ""));
}

}  // namespace

std::shared_ptr<const json> Watch::parsed(const engine::Frame& frame) {
  for (const auto& known : parsed_) {
    if (known.frame == frame) return known.message;
  }
  auto& slot = parsed_[next_parsed_++ % parsed_.size()];
  slot = {frame, std::make_shared<const json>(json::parse(*frame))};
  return slot.message;
}

std::shared_ptr<const json> Watch::sent(Connection& to, const engine::Frame& frame) {
  const auto parsed_message = parsed(frame);
  const auto& message = *parsed_message;
  const auto& type = message["type"].get_ref<const std::string&>();
  if ((type == "welcome") == to.welcomed) {
    judge_.broken("a session's first message, and no other, is its welcome: " + *frame);
  }
  to.welcomed = true;
  if (type == "ok") check_ok(to, message);
  if (type == "rejected") check_rejected(message);
  if (type == "frame") check_frame(to, message);
  if (type == "snapshot") check_snapshot(to, message, *frame);
  if (type == "unsubscribed")
    to.positions.erase(*channel_from_text(message["channel"].get<std::string>()));
  check_privacy(to, message, *frame);
  return parsed_message;
}

void Watch::check_ok(const Connection& to, const json& message) {
  const auto id = id_in(message);
  auto* asked = id ? ledger_.find(*id) : nullptr;
  if (!asked) return judge_.broken("an ok for a command nobody gave: " + message.dump());
  const auto seq = message["seq"].get<std::uint64_t>();
  if (seq > truth_.seq()) return judge_.broken("an ok before its commit was on the disk");
  // That there was nothing to do is forgotten with the memory; repeated later there may be.
  const bool remembered = asked->told_seq != 0 && asked->told_in == to.workshop_life();
  if (remembered && asked->told_seq != seq) {
    judge_.broken("a repeated " + asked->name + " was answered with another seq");
  }
  asked->told_seq = seq;
  asked->told_in = to.workshop_life();
  const auto stored = truth_.seq_of(*id);
  if (truth_.erased().ordered_by(stored) > truth_.erased().finished()) {
    return judge_.broken("an ok for " + asked->name + " before the words were gone");
  }
  if (stored == seq) return check_chain(message, stored);
  if (stored != 0) return judge_.broken("an ok for " + asked->name + " with a wrong seq");
  if (message.contains("chain"))
    return judge_.broken("an ok for nothing names a place in the chain");
  // Nothing to do is an answer too, where the rules say so of the state it was decided on; at what
  // time that was, nobody knows of a server whose clock was set.
  if (seq != truth_.seq() || truth_.clock_was_set()) return;
  // Somewhere between the last commit and now: a turn that begins anew at once changes nothing.
  if (!nothing_to_do(*asked, scheduler_.now()) && !nothing_to_do(*asked, truth_.last_commit_at())) {
    judge_.broken("an ok for " + asked->name + ", which is not in the log");
  }
}

bool Watch::nothing_to_do(const Asked& asked, Time at) const {
  auto context = asked.context;
  context.now = at;
  const auto decision = decide(truth_.fold(), asked.command, context);
  const auto* decided = std::get_if<Decided>(&decision);
  return decided && decided->events.empty();
}

// What makes an ok a receipt (SPEC RC1).
void Watch::check_chain(const json& message, std::uint64_t seq) {
  if (message.value("chain", "") != log::to_hex(truth_.chain_of(seq))) {
    judge_.broken("an ok with another place in the chain than its commit has: " + message.dump());
  }
}

void Watch::check_rejected(const json& message) {
  if (message["seq"].get<std::uint64_t>() > truth_.seq()) {
    judge_.broken("a rejection before the state it was decided on was on the disk");
  }
}

void Watch::check_frame(Connection& to, const json& message) {
  const auto& name = message["channel"].get_ref<const std::string&>();
  const auto channel = channel_from_text(name);
  const auto after = message["after"].get<std::uint64_t>();
  const auto last = message["to"].get<std::uint64_t>();
  if (last > truth_.seq()) return judge_.broken("a frame on " + name + " before it was durable");
  const auto known = to.positions.find(*channel);
  if (known != to.positions.end() && known->second != after) {
    judge_.broken("a frame on " + name + " does not begin where the last one ended");
  }
  to.positions[*channel] = last;
  const auto& all = truth_.commits_on(*channel);
  auto expected = std::upper_bound(all.begin(), all.end(), after);
  for (const auto& commit : message["commits"]) {
    const auto seq = commit["seq"].get<std::uint64_t>();
    if (expected == all.end() || *expected != seq) {
      return judge_.broken("a frame on " + name + " misses a commit, or has one too many");
    }
    ++expected;
  }
  if (expected != all.end() && *expected <= last) {
    judge_.broken("a frame on " + name + " ends too early");
  }
  check_frame_in_room(to, *channel, message);
}

// Who has left a room hears no more of it; who came back may be told what came between.
void Watch::check_frame_in_room(const Connection& to, const Channel& channel, const json& message) {
  const auto* room = std::get_if<RoomChannel>(&channel);
  if (!room || to.grant().organiser) return;
  for (const auto& commit : message["commits"]) {
    const auto seq = commit["seq"].get<std::uint64_t>();
    const auto& seats = to.grant().seats;
    const bool there = std::any_of(seats.begin(), seats.end(), [&](const SeatId& seat) {
      return truth_.in_room_since(seat, room->room, seq);
    });
    if (!there) return judge_.broken("a room is heard by somebody who has left it");
  }
}

bool Watch::may_hear(const Connection& to, const Channel& channel) const {
  const auto& grant = to.grant();
  if (std::holds_alternative<Plenary>(channel)) return true;
  if (const auto* seat = std::get_if<SeatChannel>(&channel)) {
    return std::find(grant.seats.begin(), grant.seats.end(), seat->seat) != grant.seats.end();
  }
  if (grant.organiser) return true;
  if (std::holds_alternative<WallChannel>(channel)) return grant.projector;
  const auto* room = std::get_if<RoomChannel>(&channel);
  return room && std::any_of(grant.seats.begin(), grant.seats.end(), [&](const SeatId& seat) {
           return truth_.in_room_since(seat, room->room, 0);
         });
}

void Watch::check_snapshot(Connection& to, const json& message, const std::string& raw) {
  const auto& name = message["channel"].get_ref<const std::string&>();
  const auto seq = message["seq"].get<std::uint64_t>();
  if (seq > truth_.seq()) return judge_.broken("a snapshot of " + name + " before it was durable");
  const auto channel = channel_from_text(name);
  to.positions[*channel] = seq;
  const auto state = expected_ ? expected_(*channel) : std::nullopt;
  if (!state) return;
  ++compared_;
  if (raw.find("\"state\":" + *state) == std::string::npos) {
    judge_.broken("the server's snapshot of " + name + " is not what the log folds to:\n" + raw +
                  "\n" + *state);
  }
}

void Watch::check_privacy(const Connection& to, const json& message, const std::string& raw) {
  const auto name = message.value("channel", "");
  const auto channel = channel_from_text(name);
  const auto* seat = channel ? std::get_if<SeatChannel>(&*channel) : nullptr;
  const auto& type = message["type"].get_ref<const std::string&>();
  const bool delivers = type == "frame" || type == "snapshot";
  if (delivers && !may_hear(to, *channel))
    return judge_.broken(name + " to somebody it is not for");
  if (raw.find("author_key") != std::string::npos) judge_.broken("an author's key was sent out");
  if (!seat && raw.find("\"private_to\":") != std::string::npos) {
    judge_.broken("whose private note it is was told on " + name + ": " + raw);
  }
  if (!seat && truth_.hides_authors() && raw.find("\"author\":") != std::string::npos) {
    judge_.broken("a hidden author was told on " + name);
  }
  for (const auto& mark : marks_in(raw)) {
    if (truth_.erased().is_gone(mark)) return judge_.broken("erased words were told: " + raw);
    const auto* note = find_note(truth_.fold(), *id_from_text<NoteId>(mark));
    if (!note || !note->is_private) continue;
    if (!seat || note->author != seat->seat) {
      return judge_.broken("a private note's words were told on " + name);
    }
  }
}

void Watch::check_nothing_waits(const Connection& to, std::optional<Time> oldest_unsynced) {
  constexpr Duration patience = std::chrono::milliseconds(100);
  if (!to.established()) return;
  const auto by = scheduler_.now() - patience;
  for (const auto& [channel, position] : to.positions) {
    if (truth_.position_due(channel, position, by, oldest_unsynced) <= position) continue;
    return judge_.broken("what is on " + to_text(channel) + " after commit " +
                         std::to_string(position) +
                         " has been durable for a while and is not sent yet");
  }
}

}  // namespace rundbord::sim
