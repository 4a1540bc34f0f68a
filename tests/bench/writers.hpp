// Notes written steadily beside whatever else a bench does. Used by benches; one thread, the
// client's.
#pragma once
#include <cstddef>

#include "app/client_connection.hpp"
#include "crowd.hpp"
#include "measured.hpp"

namespace rundbord::bench {

// Writes a note each `every`, by one of the first `seats` of the crowd after the other; timed from
// when it was due.
class Writers {
 public:
  Writers(app::Client& client, Crowd& crowd, std::size_t seats, Duration every)
      : client_(client), crowd_(crowd), seats_(seats), every_(every) {}

  void start();
  void stop();  // returns when all is answered, or there was an error

 private:
  void write_due();

  app::Client& client_;
  Crowd& crowd_;
  std::size_t seats_;
  Duration every_;
  Steady::time_point next_;
  std::size_t count_ = 0;
  bool writing_ = false;
};

// Of the oks that came after the first `from`.
Latencies oks_since(const Crowd& crowd, std::size_t from);

}  // namespace rundbord::bench
