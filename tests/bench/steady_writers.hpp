// People who write steadily while a bench does something else, on a thread of their own: what they
// feel is the server's doing, not that of a generator which is busy elsewhere. The calling
// thread's; its own thread runs a little before others where the system allows it.
#pragma once
#include <cstddef>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

#include "contender.hpp"
#include "crowd.hpp"
#include "measured.hpp"

namespace rundbord::bench {

struct Felt {
  Latencies ok;
  std::size_t oks = 0;
  std::size_t errors = 0;  // of all the time
};

class SteadyWriters {
 public:
  // The first `seats` of the contender's, a note each `every`. Returns when all are in and write.
  SteadyWriters(const Contender& contender, std::size_t seats, Duration every);
  ~SteadyWriters();

  // Since the last time.
  Felt felt();

 private:
  void play(const Contender& contender, std::size_t seats, Duration every,
            std::promise<void> writing);
  void answer(const Crowd& crowd);

  std::mutex mutex_;
  std::promise<Felt>* asked_ = nullptr;
  bool ending_ = false;
  std::size_t told_ = 0;
  std::thread thread_;
};

}  // namespace rundbord::bench
