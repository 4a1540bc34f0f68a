#include "returning.hpp"

#include <nlohmann/json.hpp>
#include <random>

namespace rundbord::bench {
namespace {

using nlohmann::json;

bool starts_with(const std::string& text, std::string_view start) {
  return text.compare(0, start.size(), start) == 0;
}

}  // namespace

Returning::Returning(app::Client& client, const Prepared& prepared, std::vector<std::size_t> seats)
    : client_(client), prepared_(prepared), members_(seats.size()) {
  for (std::size_t i = 0; i < seats.size(); ++i) members_[i].seat = seats[i];
  ping_all();
}

void Returning::open_all(std::size_t side_by_side) {
  start_ = Steady::now();
  live_ms_.clear();
  for (std::size_t member = 0; member < members_.size(); ++member) {
    attempt(member);
    if (side_by_side == 0) continue;
    client_.run_until([&] { return member + 1 < live_ + side_by_side; });
  }
  client_.run_until([&] { return live_ == members_.size(); });
}

void Returning::cut_all() {
  for (auto& member : members_) {
    ++member.turn;
    member.live = false;
    if (member.socket) member.socket->close();
    member.socket.reset();
  }
  live_ = 0;
}

void Returning::loop(Duration wait_max) {
  looping_ = true;
  wait_max_ = wait_max;
  for (std::size_t member = 0; member < members_.size(); ++member) again(member);
}

void Returning::attempt(std::size_t index) {
  ++attempts_;
  auto& member = members_[index];
  const auto turn = ++member.turn;
  app::HttpRequest request;
  request.method = "POST";
  request.target = "/api/v1/workshops/" + prepared_.workshop + "/ticket";
  request.bearer = prepared_.seats[member.seat].secret;
  client_.request(std::move(request), [this, index, turn](const app::HttpAnswer& answer) {
    if (members_[index].turn != turn) return;
    const auto body = json::parse(answer.body, nullptr, false);
    if (!body.is_object() || !body.contains("ticket")) return failed(index);
    open_socket(index, body["ticket"].get<std::string>());
  });
}

void Returning::open_socket(std::size_t index, const std::string& ticket) {
  const auto turn = members_[index].turn;
  const auto current = [this, index, turn] { return members_[index].turn == turn; };
  app::SocketEvents events;
  events.opened = [this, index, current] {
    if (current()) subscribe(members_[index]);
  };
  events.heard = [this, index, current](const std::string& message) {
    if (current()) hear(index, message);
  };
  events.closed = [this, index, current](std::uint16_t) {
    if (current()) failed(index);
  };
  members_[index].socket =
      client_.open("/ws/" + prepared_.workshop + "?ticket=" + ticket, std::move(events));
}

void Returning::subscribe(Member& member) {
  json channel = {{"channel", "room/" + std::to_string(prepared_.seats[member.seat].room)}};
  if (!member.history.empty()) {
    channel["history"] = member.history;
    channel["seq"] = member.seq;
  }
  member.socket->send(json{{"type", "subscribe"}, {"channels", {channel}}}.dump());
}

void Returning::hear(std::size_t index, const std::string& message) {
  const bool snapshot = starts_with(message, R"({"type":"snapshot")");
  if (!snapshot && !starts_with(message, R"({"type":"frame")")) return;
  auto& member = members_[index];
  const auto read = json::parse(message);
  member.seq = read[snapshot ? "seq" : "to"].get<std::uint64_t>();
  if (snapshot) {
    member.history = read["history"].get<std::string>();
    ++snapshots_;
  }
  if (member.live) return;
  member.live = true;
  ++live_;
  ++opened_;
  live_ms_.push_back(std::chrono::duration<double, std::milli>(Steady::now() - start_).count());
  if (looping_) again(index);
}

// While a storm is on a socket may not open in time; people's browsers try again too.
void Returning::failed(std::size_t index) {
  ++errors_;
  if (members_[index].live) --live_;
  members_[index].live = false;
  if (looping_) return again(index);
  attempt(index);
}

void Returning::again(std::size_t index) {
  static std::minstd_rand chance(1);
  auto& member = members_[index];
  const auto turn = ++member.turn;
  if (member.live) --live_;
  member.live = false;
  if (member.socket) member.socket->close();
  member.socket.reset();
  const Duration wait(static_cast<Duration::rep>(chance() % (wait_max_.count() + 1)));
  client_.after(wait, [this, index, turn] {
    if (looping_ && members_[index].turn == turn) attempt(index);
  });
}

void Returning::ping_all() {
  for (const auto& member : members_) {
    if (member.live) member.socket->send(R"({"type":"ping"})");
  }
  client_.after(std::chrono::seconds(15), [this] { ping_all(); });
}

}  // namespace rundbord::bench
