// How a live workshop is read from the log: commit by commit, or from a stored state and the rest.
#include <algorithm>

#include "engine/live_workshop_impl.hpp"
#include "protocol/state_codec.hpp"

namespace rundbord::engine {

std::optional<std::string> LiveWorkshop::restore(
    std::uint64_t seq, const std::string& header,
    const std::vector<std::optional<std::string>>& texts, const ChainHash& chain) {
  auto& impl = *impl_;
  const auto where = "commit " + std::to_string(seq) + ": ";
  if (seq != impl.head.seq + 1) return where + "the one before it is missing";
  auto decoded = protocol::decode_commit(header, texts);
  if (auto* reason = std::get_if<std::string>(&decoded)) return where + *reason;
  const auto& commit = std::get<protocol::Commit>(decoded);
  for (const auto& event : commit.events) evolve(impl.head, event, commit.at);
  impl.head.seq = impl.durable = seq;
  impl.now = std::max(impl.now, commit.at);
  impl.done.emplace(commit.command, seq);
  impl.chains.add(seq, chain);
  impl.fold_positions(commit);
  return std::nullopt;
}

bool LiveWorkshop::restore_state(std::string_view state) {
  auto& impl = *impl_;
  auto unpacked = protocol::unpack_state(state);
  if (!unpacked || unpacked->workshop.id != impl.head.id || impl.head.seq != 0) return false;
  impl.head = std::move(unpacked->workshop);
  impl.durable = impl.head.seq;
  const auto& trail = unpacked->trail;
  impl.now = trail.latest;
  for (const auto& done : trail.done) impl.done.emplace(done.command, done.seq);
  for (const auto& position : trail.positions) {
    impl.fan_out.passed(position.channel, position.seq);
  }
  return true;
}

std::string LiveWorkshop::stored_state() const {
  protocol::Trail trail;
  trail.latest = impl_->now;
  for (const auto& [command, seq] : impl_->done) trail.done.push_back({command, seq});
  // In one order, so that equal states are equal bytes.
  std::sort(trail.done.begin(), trail.done.end(),
            [](const auto& a, const auto& b) { return a.seq < b.seq; });
  for (const auto& [channel, seq] : impl_->fan_out.positions()) {
    trail.positions.push_back({channel, seq});
  }
  return protocol::pack_state(impl_->head, trail);
}

void LiveWorkshop::Impl::fold_positions(const protocol::Commit& commit) {
  for (const auto& event : commit.events) {
    for (const auto& channel : audience(event)) fan_out.passed(channel, commit.seq);
  }
}

void LiveWorkshop::restore_name(const std::string& key, const std::string& value) {
  protocol::take_name_row(impl_->names, key, value);
}

}  // namespace rundbord::engine
