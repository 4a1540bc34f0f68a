// How often one caller may ask for a ticket, so that clients in a reconnect loop leave room for all
// others: some at once, then a steady few. Owned by the HTTP interface; one thread. Time comes as
// an argument; callers are only compared.
#pragma once
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "domain/time.hpp"

namespace rundbord::access {

struct TicketLimitOptions {
  // A browser with all its pages open comes back from a restart in one go.
  double at_once_max = 12;
  // Our own client asks twelve times a minute at worst, and half as often after the first of them.
  double per_minute_max = 10;
  std::size_t callers_max = 50'000;  // the one seen first is forgotten beyond that
};

class TicketLimit {
 public:
  explicit TicketLimit(TicketLimitOptions options = {}) : options_(options) {}

  // True: one is taken from this caller's budget. False: the budget is spent; nothing changes.
  bool take(std::string_view caller, Time now);
  std::size_t callers() const { return callers_.size(); }

 private:
  struct Budget {
    double left;
    Time counted;
  };
  TicketLimitOptions options_;
  std::unordered_map<std::string, Budget> callers_;
  std::deque<std::string> first_seen_first_;
};

}  // namespace rundbord::access
