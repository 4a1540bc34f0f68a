// One-time tickets that open a socket: 30 s, for one workshop, kept in memory only. Owned by the
// HTTP interface; one thread. Time comes as an argument.
#pragma once
#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "access/rights.hpp"
#include "access/secret.hpp"
#include "domain/time.hpp"

namespace rundbord::access {

inline constexpr Duration ticket_life = std::chrono::seconds(30);
// Twice the seats of the largest workshop; the oldest goes first beyond that.
inline constexpr std::size_t tickets_max = 40'000;

class Tickets {
 public:
  std::string issue(const WorkshopId& workshop, Rights rights, Time now,
                    const RandomSource& random);
  // Whatever the outcome, this ticket is spent.
  std::optional<Rights> take(std::string_view ticket, const WorkshopId& workshop, Time now);
  std::size_t size() const { return tickets_.size(); }

 private:
  struct Ticket {
    WorkshopId workshop;
    Rights rights;
    Time until;
  };
  void forget_old(Time now);

  std::map<std::string, Ticket, std::less<>> tickets_;  // by the hash of the ticket
  std::deque<std::string> oldest_first_;
};

}  // namespace rundbord::access
