// Clients in bad faith, many at once, on a thread of their own: bytes as they like over plain
// sockets. Started and ended by a bench.
#pragma once
#include <atomic>
#include <cstddef>
#include <functional>
#include <string>
#include <thread>

#include "contender.hpp"
#include "until_ended.hpp"

namespace rundbord::bench {

struct BadFaith {
  const char* name;
  std::size_t clients;
  // Past the opening handshake, with the right of a seat, before it turns bad.
  bool opens_socket;
  bool reads;  // what the server sends is read away
  // What one sends next, asked for every `turn` once it has sent all before.
  std::function<std::string(const PreparedSeat& seat, std::size_t count)> piece;
  bool silent = false;  // on an open socket: goal S6 gives it 30 s
  bool writes = false;  // what the workshop keeps: memory grows with it as it should
};
inline constexpr Duration turn{20};

class BadCrowd {
 public:
  // By the seats from `first_seat` on, which the contender must have. Returns at once.
  BadCrowd(const Contender& contender, const BadFaith& kind, std::size_t first_seat);
  ~BadCrowd();  // closes what is open

  bool all_open() const { return open_ == kind_.clients; }
  // Those it has seen closed; one that does not read sees none.
  std::size_t closed() const { return closed_; }

 private:
  void play();

  const Contender& contender_;
  const BadFaith& kind_;
  std::size_t first_seat_;
  std::atomic<std::size_t> open_{0};
  std::atomic<std::size_t> closed_{0};
  UntilEnded playing_;
  std::thread thread_;
};

}  // namespace rundbord::bench
