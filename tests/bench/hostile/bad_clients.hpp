// Clients in bad faith, a kind each, as fast as the server lets them, on a thread of their own
// until they are stopped. Owned by a bench.
#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "net/raw_websocket.hpp"
#include "prepared.hpp"

namespace rundbord::bench {

// Where they come in: the server's port, and seats that are theirs.
struct BadGround {
  unsigned short port = 0;
  std::string workshop;
  std::vector<PreparedSeat> seats;
};

using BadSockets = std::vector<std::unique_ptr<net::RawSocket>>;

struct BadKind {
  const char* name;
  // Opens them all.
  std::function<BadSockets(const BadGround&)> come;
  // What number `i` sends in round `round`; empty: nothing.
  std::function<std::string(const BadGround&, std::size_t i, std::size_t round)> say;
};
const std::vector<BadKind>& bad_kinds();

class BadClients {
 public:
  BadClients(const BadGround& ground, const BadKind& kind);
  ~BadClients();
  std::size_t sent_bytes() const { return sent_; }

 private:
  void run(const BadGround& ground, const BadKind& kind);

  BadSockets sockets_;
  std::mutex mutex_;
  std::condition_variable ends_;
  bool over_ = false;
  std::atomic<std::size_t> sent_{0};
  std::thread thread_;
};

// A WebSocket of this seat, past its welcome.
std::unique_ptr<net::RawSocket> open_socket(const BadGround& ground, const PreparedSeat& seat);

}  // namespace rundbord::bench
