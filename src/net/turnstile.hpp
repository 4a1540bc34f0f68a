// Lets the work of requests through a few in each turn of the loop, in the order in which they
// came. A crowd that reconnects at once then waits at the door, and those who are in are heard in
// between: without it a turn would hold as many requests as the kernel hands over, 128, and each
// message of a socket would wait for several such turns. Owned by the server; io thread.
#pragma once
#include <cstddef>
#include <deque>
#include <functional>

#include "net/loop.hpp"

namespace rundbord::net {

class Turnstile {
 public:
  explicit Turnstile(Loop& loop, std::size_t per_turn = 8) : loop_(loop), per_turn_(per_turn) {}

  // Does `work` now, or in a later turn. It is never forgotten; waiting is bounded by
  // connections_max, for a connection brings one request at a time.
  void enter(std::function<void()> work) {
    if (passed_ >= per_turn_ || !waiting_.empty()) return waiting_.push_back(std::move(work));
    if (passed_++ == 0) loop_.post([this] { next_turn(); });
    work();
  }

 private:
  void next_turn() {
    passed_ = 0;
    if (waiting_.empty()) return;
    loop_.post([this] { next_turn(); });
    while (passed_ < per_turn_ && !waiting_.empty()) {
      ++passed_;
      const auto work = std::move(waiting_.front());
      waiting_.pop_front();
      work();
    }
  }

  Loop& loop_;
  const std::size_t per_turn_;
  std::size_t passed_ = 0;  // in this turn
  std::deque<std::function<void()>> waiting_;
};

}  // namespace rundbord::net
