#include "engine/fan_out.hpp"

#include <algorithm>

#include "protocol/server_message.hpp"

namespace rundbord::engine {

void DeliveryRate::add(std::size_t deliveries, Time now) {
  constexpr Duration window = std::chrono::milliseconds(250);
  const auto passed = now - begun_;
  if (passed >= window) {
    per_second_ = counted_ * 1000 / static_cast<std::size_t>(passed.count());
    begun_ = now;
    counted_ = 0;
  }
  counted_ += deliveries;
}

void FanOut::passed(const Channel& channel, std::uint64_t seq) {
  auto& state = channels_[channel];
  state.position = state.framed_to = state.ring_after = seq;
}

bool FanOut::ever_heard(const Channel& channel) const {
  const auto found = channels_.find(channel);
  return found != channels_.end() && found->second.ever_heard;
}

void FanOut::publish(const Channel& channel, std::uint64_t seq, std::string commit, Time now) {
  auto& state = channels_[channel];
  state.position = seq;
  if (!state.ever_heard) {
    state.framed_to = state.ring_after = seq;
    return;
  }
  state.ring_bytes += commit.size();
  state.ring.push_back({seq, std::move(commit)});
  if (state.sessions.empty()) {
    state.framed_to = seq;
    return trim(state);
  }
  rate_.add(state.sessions.size(), now);
  if (state.due) return;
  state.due = std::max(now, state.last_cut + wait_of(state));
  due_.emplace(*state.due, channel);
}

void FanOut::forget_commits(Time now) {
  for (auto& [channel, state] : channels_) {
    cut(channel, state, now);
    state.ring_after = state.position;
    state.ring.clear();
    state.ring_bytes = 0;
  }
}

// In proportion to the load, so that the sends of many small rooms stay as many.
Duration FanOut::wait_of(const State& state) const {
  if (state.sessions.size() > many_sessions) return gather_for_many;
  const auto grown = gather_for * rate_.per_second() / calm_deliveries_per_second;
  return std::clamp<Duration>(grown, gather_for, gather_for_many);
}

bool FanOut::subscribe(SessionId session, const Channel& channel, std::optional<std::uint64_t> seq,
                       Time now) {
  auto& state = channels_[channel];
  cut(channel, state, now);
  state.ever_heard = true;
  state.sessions.insert(session);
  by_session_[session].insert(channel);
  if (!seq || *seq < state.ring_after || *seq > state.position) return false;
  auto frame = std::make_shared<const std::string>(
      protocol::frame_message(channel, *seq, state.position, commits_after(state, *seq)));
  outbox_.put(state.position, Send{session, std::move(frame), true});
  return true;
}

bool FanOut::unsubscribe(SessionId session, const Channel& channel) {
  const auto found = channels_.find(channel);
  if (found == channels_.end()) return false;
  by_session_[session].erase(channel);
  const bool was_there = found->second.sessions.erase(session) == 1;
  forget_if_unused(found);
  return was_there;
}

void FanOut::forget(SessionId session) {
  for (const auto& channel : channels(session)) unsubscribe(session, channel);
  by_session_.erase(session);
}

// A channel on which nothing ever happened: walls of questions that are not there, for one.
void FanOut::forget_if_unused(std::map<Channel, State>::iterator channel) {
  if (channel->second.sessions.empty() && channel->second.position == 0) channels_.erase(channel);
}

std::size_t FanOut::channels_of(SessionId session) const {
  const auto found = by_session_.find(session);
  return found == by_session_.end() ? 0 : found->second.size();
}

bool FanOut::hears(SessionId session, const Channel& channel) const {
  const auto found = by_session_.find(session);
  return found != by_session_.end() && found->second.count(channel) != 0;
}

const std::set<SessionId>& FanOut::sessions(const Channel& channel) const {
  static const std::set<SessionId> nobody;
  const auto found = channels_.find(channel);
  return found == channels_.end() ? nobody : found->second.sessions;
}

std::set<Channel> FanOut::channels(SessionId session) const {
  const auto found = by_session_.find(session);
  return found == by_session_.end() ? std::set<Channel>{} : found->second;
}

std::uint64_t FanOut::position(const Channel& channel) const {
  const auto found = channels_.find(channel);
  return found == channels_.end() ? 0 : found->second.position;
}

std::vector<std::pair<Channel, std::uint64_t>> FanOut::positions() const {
  std::vector<std::pair<Channel, std::uint64_t>> all;
  for (const auto& [channel, state] : channels_) all.emplace_back(channel, state.position);
  return all;
}

std::optional<Time> FanOut::cut_due(Time now) {
  while (!due_.empty() && due_.begin()->first <= now) {
    const auto channel = due_.begin()->second;
    cut(channel, channels_[channel], now);
  }
  if (due_.empty()) return std::nullopt;
  return due_.begin()->first;
}

// One frame of everything since the last, encoded once and shared by all who listen.
void FanOut::cut(const Channel& channel, State& state, Time now) {
  if (state.due) due_.erase({*state.due, channel});
  state.due.reset();
  if (state.framed_to == state.position) return;
  if (!state.sessions.empty()) {
    const auto frame = std::make_shared<const std::string>(protocol::frame_message(
        channel, state.framed_to, state.position, commits_after(state, state.framed_to)));
    for (const auto session : state.sessions)
      outbox_.put(state.position, Send{session, frame, false});
  }
  state.framed_to = state.position;
  state.last_cut = now;
  trim(state);
}

void FanOut::trim(State& state) {
  while (state.ring_bytes > ring_bytes_max_ && state.ring.front().seq <= state.framed_to) {
    state.ring_after = state.ring.front().seq;
    state.ring_bytes -= state.ring.front().commit.size();
    state.ring.pop_front();
  }
}

std::string FanOut::commits_after(const State& state, std::uint64_t seq) {
  std::string commits;
  auto first = state.ring.end();
  while (first != state.ring.begin() && std::prev(first)->seq > seq) --first;
  for (; first != state.ring.end(); ++first) {
    if (!commits.empty()) commits += ',';
    commits += first->commit;
  }
  return commits;
}

}  // namespace rundbord::engine
