// A WebSocket client that can do everything wrong: bytes as they are over plain sockets, frames
// built by hand, answers taken apart. Owned by a test; one thread each.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace rundbord::net {

struct RawFrame {
  std::uint8_t opcode = 1;
  std::string payload;
  bool fin = true;
  std::uint8_t reserved = 0;  // the three reserved bits, as a number
  bool masked = true;
  std::uint32_t key = 0x37fa213d;  // the example of RFC 6455, 5.7
  enum { shortest, in_16_bits, in_64_bits } length = shortest;
};
std::string bytes_of(const RawFrame& frame);
// A header alone, which promises `length` bytes in 64 bits.
std::string header_promising(std::uint8_t opcode, std::uint64_t length);
// The text in `fragments` frames of about the same size.
std::string in_fragments(const std::string& text, std::size_t fragments);
std::string text_frame(const std::string& text);
std::string ping_frame(const std::string& payload);
std::string close_frame(std::uint16_t code, const std::string& reason = {});

// A connection to 127.0.0.1 that waits at most `patience` for anything.
class RawSocket {
 public:
  RawSocket(unsigned short port, std::chrono::milliseconds patience);
  ~RawSocket();
  RawSocket(const RawSocket&) = delete;
  RawSocket& operator=(const RawSocket&) = delete;

  // In pieces of `chop` bytes; 0: all at once. False when the server has closed.
  bool send(const std::string& bytes, std::size_t chop = 0);
  // As much as can be handed over at once; how much that was.
  std::size_t send_some(const std::string& bytes);
  // A whole answer's head and, by its Content-Length, body; empty when none came.
  std::string read_answer();
  struct Frame {
    enum { got, ended, nothing } state = nothing;
    std::uint8_t opcode = 0;
    std::string payload;
  };
  // The next frame of the server; `ended` when it closed, `nothing` when patience ran out.
  Frame next();
  bool ended_within_patience();
  // Reads away what has come, without waiting; true once the server has closed.
  bool drain();

 private:
  // False at the end or when patience ran out.
  bool read_more(std::chrono::milliseconds patience);

  int descriptor_ = -1;
  std::chrono::milliseconds patience_;
  std::string unread_;
  bool ended_ = false;
};

// The opening handshake as a browser does it, plus `headers` ("Name: value\r\n" each).
std::string upgrade_request(const std::string& target, const std::string& headers = {});

}  // namespace rundbord::net
