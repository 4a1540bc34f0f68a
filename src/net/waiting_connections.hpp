// HTTP connections that wait for a request, so that the one that waited longest makes room for a
// newcomer: a browser opens another when it needs one, and who connects only to be there is the
// first to go. Owned by the server; io thread.
#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <unordered_map>

#include "net/connections.hpp"
#include "net/metrics.hpp"

namespace rundbord::net {

class WaitingConnections {
 public:
  WaitingConnections(std::size_t per_address_max, Metrics& metrics)
      : per_address_max_(per_address_max), metrics_(metrics) {}

  using Place = std::uint64_t;
  // Until remove(), or until it is cut from here. Beyond `per_address_max` of one address its
  // longest waiting is cut; an empty address is not counted: many are behind a trusted proxy.
  Place add(Connection& connection, const std::string& address);
  void remove(Place place);
  // The one of all that waited longest; false when nobody waits.
  bool cut_longest();
  std::size_t size() const { return by_age_.size(); }

 private:
  struct Waiting {
    Connection* connection;
    std::string address;
  };
  void cut(Place place);

  std::size_t per_address_max_;
  Metrics& metrics_;
  Place drawn_ = 0;
  std::map<Place, Waiting> by_age_;
  std::unordered_map<std::string, std::set<Place>> by_address_;
};

}  // namespace rundbord::net
