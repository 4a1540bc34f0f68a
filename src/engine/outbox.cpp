#include "engine/outbox.hpp"

#include "protocol/server_message.hpp"

namespace rundbord::engine {
namespace {

Action ok(const Acknowledgement& done, const RecentChains& chains) {
  const auto chain = done.wrote ? chains.find(done.seq) : std::nullopt;
  if (done.wrote && !chain) return SendOk{done.session, done.id, done.seq};
  return Send{done.session,
              std::make_shared<const std::string>(protocol::ok_message(done.id, done.seq, chain))};
}

}  // namespace

void Outbox::put(std::uint64_t seq, Action action) {
  waiting_.emplace_back(seq, std::move(action));
}

void Outbox::put(std::uint64_t seq, Acknowledgement acknowledgement) {
  waiting_.emplace_back(seq, acknowledgement);
}

void Outbox::release(std::uint64_t durable, const RecentChains& chains, std::vector<Action>& out) {
  while (!waiting_.empty() && waiting_.front().first <= durable) {
    auto& output = waiting_.front().second;
    if (auto* action = std::get_if<Action>(&output)) {
      out.push_back(std::move(*action));
    } else {
      out.push_back(ok(std::get<Acknowledgement>(output), chains));
    }
    waiting_.pop_front();
  }
}

std::vector<Action> Outbox::abandon() {
  std::vector<Action> lost;
  for (auto& [seq, output] : waiting_) {
    if (auto* action = std::get_if<Action>(&output)) lost.push_back(std::move(*action));
  }
  waiting_.clear();
  return lost;
}

}  // namespace rundbord::engine
