#include "steady_writers.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <utility>

#include "writers.hpp"

namespace rundbord::bench {

SteadyWriters::SteadyWriters(const Contender& contender, std::size_t seats, Duration every) {
  std::promise<void> writing;
  auto all_in = writing.get_future();
  thread_ = std::thread([this, &contender, seats, every, told = std::move(writing)]() mutable {
    play(contender, seats, every, std::move(told));
  });
  all_in.get();
}

SteadyWriters::~SteadyWriters() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  thread_.join();
}

Felt SteadyWriters::felt() {
  std::promise<Felt> asked;
  auto answer = asked.get_future();
  {
    const std::lock_guard lock(mutex_);
    asked_ = &asked;
  }
  return answer.get();
}

void SteadyWriters::play(const Contender& contender, std::size_t seats, Duration every,
                         std::promise<void> writing) {
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), -15);  // refused: as all others
  auto client = contender.client();
  Crowd crowd(client, contender);
  crowd.sample_every(seats);  // only what is answered counts here
  crowd.open(seats);
  Writers writers(client, crowd, seats, every);
  writers.start();
  writing.set_value();
  // The writers' own pace wakes the loop each millisecond.
  client.run_until([&] {
    const std::lock_guard lock(mutex_);
    if (asked_) answer(crowd);
    return ending_;
  });
  writers.stop();
}

void SteadyWriters::answer(const Crowd& crowd) {
  const auto oks = crowd.ok_ms().size();
  std::exchange(asked_, nullptr)->set_value({oks_since(crowd, told_), oks - told_, crowd.errors()});
  told_ = oks;
}

}  // namespace rundbord::bench
