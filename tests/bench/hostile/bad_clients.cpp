#include "bad_clients.hpp"

#include <chrono>
#include <stdexcept>

#include "app/replay_messages.hpp"

namespace rundbord::bench {
namespace {

using net::RawSocket;
using namespace std::chrono_literals;
constexpr std::size_t sockets_of_a_kind = 20;

std::string post(const std::string& target, const std::string& bearer, const std::string& body) {
  return "POST " + target + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + bearer +
         "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

BadSockets plain(const BadGround& ground, std::size_t count) {
  BadSockets sockets;
  for (std::size_t i = 0; i < count; ++i) {
    sockets.push_back(std::make_unique<RawSocket>(ground.port, 10s));
  }
  return sockets;
}

BadSockets seated(const BadGround& ground) {
  BadSockets sockets;
  for (std::size_t i = 0; i < sockets_of_a_kind; ++i) {
    sockets.push_back(open_socket(ground, ground.seats[i % ground.seats.size()]));
  }
  return sockets;
}

std::string repeated(const std::string& bytes, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += bytes;
  return all;
}

std::string fragments(std::size_t round) {
  net::RawFrame frame;
  frame.opcode = round == 0 ? 1 : 0;
  frame.fin = false;
  return round == 0 ? net::bytes_of(frame) : repeated(net::bytes_of(frame), 20);
}

std::string note(const PreparedSeat& seat) {
  app::PlannedLine line;
  line.place = {1, 1};
  line.text = "Flom";
  return net::text_frame(app::write_note_message({app::draw_id(), seat.id}, seat.room, line));
}

std::string subscribe(const PreparedSeat& seat) {
  return net::text_frame(
      R"({"type":"subscribe","channels":[{"channel":"plenary"},{"channel":"room/)" +
      std::to_string(seat.room) + "\"}]}");
}

std::vector<BadKind> make_kinds() {
  const auto many = [](std::size_t count) {
    return [count](const BadGround& ground) { return plain(ground, count); };
  };
  return {
      {"silent", many(1'000), [](const auto&, auto, auto) { return std::string(); }},
      {"dribble", many(200), [](const auto&, auto, auto) { return std::string("x"); }},
      {"pings", seated, [](const auto&, auto, auto) { return repeated(net::ping_frame("p"), 20); }},
      {"fragments", seated, [](const auto&, auto, auto round) { return fragments(round); }},
      {"commands", seated,
       [](const auto& ground, auto i, auto) {
         return note(ground.seats[i % ground.seats.size()]);
       }},
      {"subscribe", seated,
       [](const auto& ground, auto i, auto) {
         return repeated(subscribe(ground.seats[i % ground.seats.size()]), 5);
       }},
      {"large", seated,
       [](const auto&, auto, auto) { return net::text_frame(std::string(256 * 1024, '[')); }},
      {"joins", many(sockets_of_a_kind), [](const auto&, auto, auto) {
         return post("/api/v1/join", "x", R"({"code":"00000000"})");
       }}};
}

}  // namespace

const std::vector<BadKind>& bad_kinds() {
  static const auto kinds = make_kinds();
  return kinds;
}

std::unique_ptr<RawSocket> open_socket(const BadGround& ground, const PreparedSeat& seat) {
  auto socket = std::make_unique<RawSocket>(ground.port, 10s);
  RawSocket asking(ground.port, 10s);
  asking.send(post("/api/v1/workshops/" + ground.workshop + "/ticket", seat.secret, "{}"));
  const auto answer = asking.read_answer();
  const std::string name = "\"ticket\":\"";
  const auto at = answer.find(name);
  if (at == std::string::npos) throw std::runtime_error("no ticket: " + answer);
  socket->send(net::upgrade_request("/ws/" + ground.workshop +
                                    "?ticket=" + answer.substr(at + name.size(), 22)));
  socket->read_answer();
  if (socket->next().opcode != 1) throw std::runtime_error("no welcome");
  return socket;
}

BadClients::BadClients(const BadGround& ground, const BadKind& kind)
    : sockets_(kind.come(ground)), thread_([&] { run(ground, kind); }) {}

BadClients::~BadClients() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  ends_.notify_one();
  thread_.join();
}

// One piece to each socket in turn, as much as it takes; they do not read. The pause is what keeps
// this thread from being the load it measures.
void BadClients::run(const BadGround& ground, const BadKind& kind) {
  std::vector<std::string> unsent(sockets_.size());
  std::vector<std::size_t> rounds(sockets_.size());
  std::unique_lock lock(mutex_);
  while (!ends_.wait_for(lock, 2ms, [&] { return over_; })) {
    for (std::size_t i = 0; i < sockets_.size(); ++i) {
      if (unsent[i].empty()) unsent[i] = kind.say(ground, i, rounds[i]++);
      const auto taken = sockets_[i]->send_some(unsent[i]);
      sent_ += taken;
      unsent[i].erase(0, taken);
    }
  }
}

}  // namespace rundbord::bench
