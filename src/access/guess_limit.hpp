// Slows down the guessing of join codes: each address may fail some times for free, after that its
// tries wait their turn; a success makes it all free again. Nobody is ever shut out (SPEC HT9).
// Owned by the HTTP interface; one thread. Time comes as an argument; addresses are only compared.
#pragma once
#include <chrono>
#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "domain/time.hpp"

namespace rundbord::access {

struct GuessLimitOptions {
  // A hall of people behind one address mistypes a lot before the first gets in.
  int free_failures = 20;
  Duration failure_forgotten_after = std::chrono::seconds(30);  // one failure each
  Duration first_wait = std::chrono::milliseconds(250);         // doubles with each failure
  Duration wait_max = std::chrono::seconds(8);
  Duration queue_max = std::chrono::seconds(10);  // a turn further off is refused: come back later
  // Over all addresses: beyond it, addresses without a recent success wait `crowd_wait`.
  int crowd_failures = 500;
  Duration crowd_failure_forgotten_after = std::chrono::milliseconds(100);
  Duration crowd_wait = std::chrono::seconds(2);
  Duration success_recent_for = std::chrono::minutes(10);
  std::size_t addresses_max = 100'000;
};

class GuessLimit {
 public:
  explicit GuessLimit(GuessLimitOptions options = {}) : options_(options) {}

  struct Turn {
    Duration wait{};       // try after this long
    bool too_far = false;  // the queue is full; `wait` says when to come back, nothing is reserved
  };
  // Before a code is looked at. A try that must wait reserves its turn, so that many at once gain
  // nothing over one after the other.
  Turn next_turn(std::string_view address, Time now);
  void failed(std::string_view address, Time now);
  void succeeded(std::string_view address, Time now);

  std::size_t addresses() const { return addresses_.size(); }

 private:
  struct Address {
    double failures = 0;  // leaks away with time
    Time counted;
    Time turns_taken_until;
    Time succeeded;
    std::list<std::string>::iterator age;
  };
  Address& touch(std::string_view address, Time now);
  Duration wait_after(double failures) const;
  double crowd_failures_at(Time now) const;

  GuessLimitOptions options_;
  std::unordered_map<std::string, Address> addresses_;
  std::list<std::string> longest_unseen_first_;
  double crowd_failures_ = 0;
  Time crowd_counted_;
};

}  // namespace rundbord::access
