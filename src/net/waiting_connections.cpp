#include "net/waiting_connections.hpp"

namespace rundbord::net {

WaitingConnections::Place WaitingConnections::add(Connection& connection,
                                                  const std::string& address) {
  const auto place = ++drawn_;
  by_age_.emplace(place, Waiting{&connection, address});
  if (address.empty()) return place;
  auto& of_address = by_address_[address];
  of_address.insert(place);
  if (of_address.size() > per_address_max_) cut(*of_address.begin());
  return place;
}

void WaitingConnections::remove(Place place) {
  const auto found = by_age_.find(place);
  if (found == by_age_.end()) return;
  const auto of_address = by_address_.find(found->second.address);
  if (of_address != by_address_.end()) {
    of_address->second.erase(place);
    if (of_address->second.empty()) by_address_.erase(of_address);
  }
  by_age_.erase(found);
}

bool WaitingConnections::cut_longest() {
  if (by_age_.empty()) return false;
  cut(by_age_.begin()->first);
  return true;
}

void WaitingConnections::cut(Place place) {
  auto* const connection = by_age_.at(place).connection;
  remove(place);
  metrics_.count(Count::connections_made_room);
  connection->cut();
}

}  // namespace rundbord::net
