#include "decoy.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>

namespace rundbord::net {
namespace {

void say(int socket, const std::string& bytes) {
  ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

std::string frame(char opcode, const std::string& payload) {
  return std::string{static_cast<char>(0x80 | opcode), static_cast<char>(payload.size())} + payload;
}

// False at the end.
bool hear(int socket, std::string& unread) {
  char bytes[4096];
  const auto count = ::recv(socket, bytes, sizeof bytes, 0);
  if (count > 0) unread.append(bytes, static_cast<std::size_t>(count));
  return count > 0;
}

// Whatever it is, an answer for each 20 bytes, and never a close.
void answer_everything(int socket) {
  std::string unread;
  while (hear(socket, unread)) {
    for (; unread.size() >= 20; unread.erase(0, 20)) say(socket, frame(1, R"({"type":"pong"})"));
  }
}

}  // namespace

Decoy::Decoy(Manner manner)
    : manner_(manner), listening_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in here{};
  here.sin_family = AF_INET;
  here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof here;
  ::bind(listening_, reinterpret_cast<sockaddr*>(&here), sizeof here);
  ::listen(listening_, 128);
  ::getsockname(listening_, reinterpret_cast<sockaddr*>(&here), &size);
  port_ = ntohs(here.sin_port);
  accepting_ = std::thread([this] { accept_all(); });
}

// Its clients are gone by then, so each thread has come to its end.
Decoy::~Decoy() {
  ::shutdown(listening_, SHUT_RDWR);
  accepting_.join();
  for (auto& thread : serving_) thread.join();
  ::close(listening_);
}

void Decoy::accept_all() {
  while (true) {
    const int socket = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    serving_.emplace_back([this, socket] {
      serve(socket);
      ::close(socket);
    });
  }
}

void Decoy::serve(int socket) const {
  std::string unread;
  while (unread.find("\r\n\r\n") == std::string::npos) {
    if (!hear(socket, unread)) return;
  }
  // Right for those who must be let in, so that the frames are what fails; but compression is
  // agreed to, and nobody is refused.
  say(socket,
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
  say(socket, frame(1, R"({"type":"welcome"})"));
  if (manner_ == takes_everything) return answer_everything(socket);
  hear(socket, unread);
  say(socket, frame(8, std::string("\x03\xf3", 2)));  // 1011, which nothing here may end with
}

}  // namespace rundbord::net
