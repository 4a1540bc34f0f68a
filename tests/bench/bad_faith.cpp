#include "bad_faith.hpp"

#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <vector>

#include "net/raw_websocket.hpp"

namespace rundbord::bench {
namespace {

constexpr std::chrono::seconds patience{30};

std::string ticket(const Contender& contender, const PreparedSeat& seat) {
  net::RawSocket socket(contender.port(), patience);
  socket.send("POST /api/v1/workshops/" + contender.prepared().workshop +
              "/ticket HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\nAuthorization: Bearer " +
              seat.secret + "\r\n\r\n");
  const auto answer = socket.read_answer();
  const auto body = nlohmann::json::parse(answer.substr(answer.find("\r\n\r\n")), nullptr, false);
  if (!body.is_object()) throw std::runtime_error("no ticket: " + answer);
  return body["ticket"].get<std::string>();
}

struct BadClient {
  const PreparedSeat& seat;
  std::unique_ptr<net::RawSocket> socket;
  std::string unsent = {};
  std::size_t pieces = 0;
};

}  // namespace

BadCrowd::BadCrowd(const Contender& contender, const BadFaith& kind, std::size_t first_seat)
    : contender_(contender), kind_(kind), first_seat_(first_seat), thread_([this] { play(); }) {}

BadCrowd::~BadCrowd() {
  playing_.end();
  thread_.join();
}

void BadCrowd::play() {
  const auto& prepared = contender_.prepared();
  std::vector<BadClient> clients;
  for (std::size_t i = 0; i < kind_.clients && !playing_.ended(); ++i) {
    const auto& seat = prepared.seats[first_seat_ + i];
    const auto right = kind_.opens_socket ? ticket(contender_, seat) : std::string();
    BadClient client{seat, std::make_unique<net::RawSocket>(contender_.port(), patience)};
    if (kind_.opens_socket) {
      client.socket->send(net::upgrade_request("/ws/" + prepared.workshop + "?ticket=" + right));
      if (client.socket->read_answer().empty()) throw std::runtime_error("a socket did not open");
    }
    clients.push_back(std::move(client));
    ++open_;
  }
  while (playing_.next_turn(turn)) {
    for (auto& client : clients) {
      if (!client.socket) continue;
      if (client.unsent.empty()) client.unsent = kind_.piece(client.seat, client.pieces++);
      client.unsent.erase(0, client.socket->send_some(client.unsent));
      if (!kind_.reads || !client.socket->drain()) continue;
      client.socket.reset();
      ++closed_;
    }
  }
}

}  // namespace rundbord::bench
