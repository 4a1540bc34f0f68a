#include "raw_websocket.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

namespace rundbord::net {
namespace {

std::string big_endian(std::uint64_t number, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>(number >> (8 * i));
  return text;
}

std::string length_bytes(const RawFrame& frame) {
  const auto size = frame.payload.size();
  const char mask = frame.masked ? '\x80' : '\0';
  const bool wide = frame.length == RawFrame::in_64_bits || size > 0xffff;
  if (wide) return static_cast<char>(mask | 127) + big_endian(size, 8);
  const bool middle = frame.length == RawFrame::in_16_bits || size > 125;
  if (middle) return static_cast<char>(mask | 126) + big_endian(size, 2);
  return std::string(1, static_cast<char>(mask | static_cast<char>(size)));
}

}  // namespace

std::string bytes_of(const RawFrame& frame) {
  const int first = (frame.fin ? 0x80 : 0) | frame.reserved << 4 | frame.opcode;
  std::string bytes(1, static_cast<char>(first));
  bytes += length_bytes(frame);
  if (!frame.masked) return bytes + frame.payload;
  const auto key = big_endian(frame.key, 4);
  bytes += key;
  for (std::size_t i = 0; i < frame.payload.size(); ++i) {
    bytes += static_cast<char>(frame.payload[i] ^ key[i % 4]);
  }
  return bytes;
}

std::string header_promising(std::uint8_t opcode, std::uint64_t length) {
  return std::string{static_cast<char>(0x80 | opcode), '\xff'} + big_endian(length, 8) + "\1\2\3\4";
}

std::string in_fragments(const std::string& text, std::size_t fragments) {
  std::string bytes;
  for (std::size_t i = 0; i < fragments; ++i) {
    const auto from = text.size() * i / fragments;
    const auto to = text.size() * (i + 1) / fragments;
    RawFrame frame;
    frame.opcode = i == 0 ? 1 : 0;
    frame.fin = i + 1 == fragments;
    frame.payload = text.substr(from, to - from);
    bytes += bytes_of(frame);
  }
  return bytes;
}

std::string text_frame(const std::string& text) {
  return bytes_of({1, text});
}
std::string ping_frame(const std::string& payload) {
  return bytes_of({9, payload});
}
std::string close_frame(std::uint16_t code, const std::string& reason) {
  return bytes_of({8, big_endian(code, 2) + reason});
}

RawSocket::RawSocket(unsigned short port, std::chrono::milliseconds patience)
    : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), patience_(patience) {
  sockaddr_in there{};
  there.sin_family = AF_INET;
  there.sin_port = htons(port);
  there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int yes = 1;
  ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (::connect(descriptor_, reinterpret_cast<sockaddr*>(&there), sizeof there) != 0) {
    throw std::runtime_error("nobody listens");
  }
}

RawSocket::~RawSocket() {
  ::close(descriptor_);
}

bool RawSocket::send(const std::string& bytes, std::size_t chop) {
  const auto piece = chop == 0 ? bytes.size() : chop;
  for (std::size_t sent = 0; sent < bytes.size();) {
    const auto count = std::min(piece, bytes.size() - sent);
    const auto done = ::send(descriptor_, bytes.data() + sent, count, MSG_NOSIGNAL);
    if (done < 0) return false;
    sent += static_cast<std::size_t>(done);
  }
  return true;
}

std::size_t RawSocket::send_some(const std::string& bytes) {
  const auto done = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  return done > 0 ? static_cast<std::size_t>(done) : 0;
}

std::string RawSocket::read_answer() {
  auto end = std::string::npos;
  while ((end = unread_.find("\r\n\r\n")) == std::string::npos) {
    if (!read_more(patience_)) return {};
  }
  const auto head = unread_.substr(0, end + 4);
  const std::string name = "\r\nContent-Length: ";
  const auto at = head.find(name);
  const auto body = at == std::string::npos ? 0 : std::stoul(head.substr(at + name.size()));
  while (unread_.size() < head.size() + body) {
    if (!read_more(patience_)) return {};
  }
  const auto answer = unread_.substr(0, head.size() + body);
  unread_.erase(0, answer.size());
  return answer;
}

RawSocket::Frame RawSocket::next() {
  const auto have = [this](std::size_t bytes) {
    while (unread_.size() < bytes) {
      if (!read_more(patience_)) return false;
    }
    return true;
  };
  const auto failed = [this] { return Frame{ended_ ? Frame::ended : Frame::nothing, 0, {}}; };
  if (!have(2)) return failed();
  const auto length = static_cast<std::uint8_t>(unread_[1]) & 0x7f;
  const std::size_t more = length == 126 ? 2 : length == 127 ? 8 : 0;
  if (!have(2 + more)) return failed();
  std::uint64_t size = more == 0 ? static_cast<std::uint64_t>(length) : 0;
  for (std::size_t i = 0; i < more; ++i) {
    size = size << 8 | static_cast<std::uint8_t>(unread_[2 + i]);
  }
  if (!have(2 + more + size)) return failed();
  Frame frame{Frame::got, static_cast<std::uint8_t>(unread_[0] & 0x0f),
              unread_.substr(2 + more, size)};
  unread_.erase(0, 2 + more + size);
  return frame;
}

bool RawSocket::ended_within_patience() {
  while (read_more(patience_)) {
  }
  return ended_;
}

bool RawSocket::drain() {
  while (read_more(std::chrono::milliseconds(0))) unread_.clear();
  return ended_;
}

bool RawSocket::read_more(std::chrono::milliseconds patience) {
  if (ended_) return false;
  pollfd waiting{descriptor_, POLLIN, 0};
  if (::poll(&waiting, 1, static_cast<int>(patience.count())) <= 0) return false;
  char bytes[16 * 1024];
  const auto count = ::recv(descriptor_, bytes, sizeof bytes, 0);
  if (count <= 0) {
    ended_ = true;
    return false;
  }
  unread_.append(bytes, static_cast<std::size_t>(count));
  return true;
}

std::string upgrade_request(const std::string& target, const std::string& headers) {
  return "GET " + target +
         " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
         "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
         "Sec-WebSocket-Protocol: rundbord.v1\r\n" +
         headers + "\r\n";
}

}  // namespace rundbord::net
