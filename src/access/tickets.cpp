#include "access/tickets.hpp"

namespace rundbord::access {

std::string Tickets::issue(const WorkshopId& workshop, Rights rights, Time now,
                           const RandomSource& random) {
  forget_old(now);
  auto ticket = draw_secret(random);
  const auto key = kept_as(ticket);
  tickets_[key] = Ticket{workshop, std::move(rights), now + ticket_life};
  oldest_first_.push_back(key);
  return ticket;
}

std::optional<Rights> Tickets::take(std::string_view ticket, const WorkshopId& workshop, Time now) {
  const auto found = tickets_.find(kept_as(ticket));
  if (found == tickets_.end()) return std::nullopt;
  const Ticket taken = std::move(found->second);
  tickets_.erase(found);
  if (taken.workshop != workshop || now >= taken.until) return std::nullopt;
  return taken.rights;
}

void Tickets::forget_old(Time now) {
  while (!oldest_first_.empty()) {
    const auto found = tickets_.find(oldest_first_.front());
    const bool spent = found == tickets_.end();
    if (!spent && now < found->second.until && tickets_.size() < tickets_max) return;
    if (!spent) tickets_.erase(found);
    oldest_first_.pop_front();
  }
}

}  // namespace rundbord::access
