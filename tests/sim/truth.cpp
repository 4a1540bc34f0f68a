#include "truth.hpp"

#include <algorithm>

#include "domain/evolve.hpp"
#include "domain/limits.hpp"
#include "engine/fan_out.hpp"

namespace rundbord::sim {

void Truth::read(log::EventLog& log, Time appended) {
  log.read(fold_.id, fold_.seq + 1, [&](const log::StoredCommit& stored) {
    const auto decoded = protocol::decode_commit(stored.header, stored.texts);
    if (const auto* reason = std::get_if<std::string>(&decoded)) {
      judge_.broken("a stored commit cannot be read: " + *reason);
      return false;
    }
    chains_.push_back(stored.chain);
    const auto& commit = std::get<protocol::Commit>(decoded);
    const auto gone_before = erased_.finished();
    erased_.take(commit, fold_);
    take(commit, appended);
    learn_names(log, commit);
    if (erased_.finished() != gone_before) check_erased(log);
    return judge_.holds();
  });
}

void Truth::learn_names(log::EventLog& log, const protocol::Commit& commit) {
  for (const auto& event : commit.events) {
    std::optional<SeatId> named;
    if (const auto* joined = std::get_if<SeatJoined>(&event)) named = joined->seat.id;
    if (const auto* renamed = std::get_if<SeatNamed>(&event)) named = renamed->seat;
    if (!named) continue;
    const auto row = log.row("name", protocol::name_row_key(fold_.id, *named));
    if (row) erased_.take_name(*named, row->value);
  }
}

void Truth::check_erased(log::EventLog& log) const {
  const auto check = [&](const std::string& where, const std::string& words) {
    const auto mark = erased_.gone_in(words);
    if (!mark.empty()) judge_.broken("erased words are still in " + where + ": " + words);
  };
  log.read(fold_.id, 1, [&](const log::StoredCommit& stored) {
    const auto commit = "commit " + std::to_string(stored.seq);
    check("the header of " + commit, stored.header);
    for (const auto& text : stored.texts) check(commit, text.value_or(""));
    return true;
  });
  for (const auto& row : log.rows(fold_.id, "name")) check("a row of names", row.value);
  const auto kept = log.snapshot(fold_.id);
  if (kept.snapshot) check("the kept state", kept.snapshot->state);
}

void Truth::take(const protocol::Commit& commit, Time appended) {
  const auto number = "commit " + std::to_string(commit.seq);
  if (commit.seq != fold_.seq + 1) judge_.broken(number + " does not follow the one before it");
  if (!by_command_.emplace(commit.command, commit.seq).second) {
    judge_.broken(number + " does a command again that is in the log already");
  }
  if (commit.at < last_at_) judge_.broken(number + " is older than the one before it");
  last_at_ = commit.at;
  appended_.push_back(appended);
  check_timers(commit, appended);
  for (const auto& event : commit.events) {
    for (const auto& channel : audience(event)) {
      auto& commits = by_channel_[channel];
      if (commits.empty() || commits.back() != commit.seq) commits.push_back(commit.seq);
    }
    evolve(fold_, event, commit.at);
    note_rooms(event, commit.seq);
  }
  fold_.seq = commit.seq;
  // All of them at every commit would cost half of the run; a broken one mostly stays broken.
  if (commit.seq % 8 == 0) {
    for (const auto& sentence : broken_invariants(fold_)) judge_.broken(number + ": " + sentence);
  }
}

void Truth::check_timers(const protocol::Commit& commit, Time appended) {
  // The server's own commands are told by their ids (SPEC CM1).
  const auto& id = commit.command.bytes;
  if (std::any_of(id.begin(), id.begin() + 8, [](auto byte) { return byte != 0xff; })) return;
  for (const auto& event : commit.events) {
    if (const auto* changed = std::get_if<SittingChanged>(&event)) {
      check_sitting(changed->progress, commit.at);
    } else if (const auto* presence = std::get_if<SeatPresenceChanged>(&event)) {
      if (presence->away) check_away(*presence, appended);
    }
  }
}

void Truth::check_sitting(const SittingProgress& next, Time at) {
  const auto before = fold_.sittings.find(next.sitting);
  if (before == fold_.sittings.end()) return;
  const auto& progress = before->second;
  const bool counts_down = progress.state == SittingState::called_back;
  const auto due = counts_down ? progress.steps_end_at : progress.texts_close_at;
  if (!due || at < *due) judge_.broken("a sitting moved on before its time");
}

void Truth::check_away(const SeatPresenceChanged& change, Time appended) {
  const auto& seat = attendance_[change.seat];
  if (seat.open_sessions > 0 && seat.opened < appended) {
    return judge_.broken("a seat with a device connected became away");
  }
  const auto since = std::max(server_started_, seat.last_gone.value_or(server_started_));
  // Away is reckoned by the wall: whoever sets it forwards makes people away.
  if (last_jump_ && *last_jump_ >= since) return;
  if (appended - since < away_after) judge_.broken("a seat became away before 60 s had passed");
}

void Truth::note_rooms(const Event& event, std::uint64_t seq) {
  if (const auto* joined = std::get_if<SeatJoined>(&event)) {
    rooms_[joined->seat.id].push_back({seq, joined->seat.room});
  } else if (const auto* moved = std::get_if<SeatMoved>(&event)) {
    rooms_[moved->seat].push_back({seq, moved->to});
  } else if (const auto* removed = std::get_if<SeatRemoved>(&event)) {
    rooms_[removed->seat].push_back({seq, std::nullopt});
  }
}

bool Truth::in_room_since(const SeatId& seat, RoomNumber room, std::uint64_t seq) const {
  const auto found = rooms_.find(seat);
  if (found == rooms_.end()) return false;
  const auto& stays = found->second;
  for (std::size_t i = 0; i < stays.size(); ++i) {
    const bool ended = i + 1 < stays.size() && stays[i + 1].first <= seq;
    if (!ended && stays[i].second == room) return true;
  }
  return false;
}

void Truth::server_started() {
  server_started_ = scheduler_.now();
  attendance_.clear();
}

void Truth::session_opened(const SeatId& seat) {
  auto& attendance = attendance_[seat];
  if (attendance.open_sessions++ == 0) attendance.opened = scheduler_.now();
}

void Truth::session_gone(const SeatId& seat) {
  auto& attendance = attendance_[seat];
  --attendance.open_sessions;
  attendance.last_gone = scheduler_.now();
}

protocol::Names Truth::names(log::EventLog& log) const {
  protocol::Names names;
  for (const auto& row : log.rows(fold_.id, "name")) {
    protocol::take_name_row(names, row.key, row.value);
  }
  return names;
}

std::uint64_t Truth::seq_of(const CommandId& command) const {
  const auto found = by_command_.find(command);
  return found == by_command_.end() ? 0 : found->second;
}

const std::vector<std::uint64_t>& Truth::commits_on(const Channel& channel) const {
  static const std::vector<std::uint64_t> none;
  const auto found = by_channel_.find(channel);
  return found == by_channel_.end() ? none : found->second;
}

std::uint64_t Truth::position_due(const Channel& channel, std::uint64_t from, Time by,
                                  std::optional<Time> oldest_unsynced) const {
  const auto& commits = commits_on(channel);
  for (auto commit = commits.rbegin(); commit != commits.rend() && *commit > from; ++commit) {
    const auto gathered = appended_[*commit - 1] + engine::gather_for_many;
    if (gathered > by || (oldest_unsynced && *oldest_unsynced <= gathered)) continue;
    const auto later = std::upper_bound(appended_.begin(), appended_.end(), gathered);
    const auto with_it = static_cast<std::uint64_t>(later - appended_.begin());
    const auto confirmed = confirmed_.lower_bound(with_it);
    if (confirmed != confirmed_.end() && confirmed->second <= by) return *commit;
  }
  return from;
}

}  // namespace rundbord::sim
