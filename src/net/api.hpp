// The HTTP interface under /api/v1 (SPEC HT1-HT9, openapi.yaml): what its handlers work with, and
// their routes. Owned by the server; io thread.
#pragma once
#include "access/guess_limit.hpp"
#include "access/ticket_limit.hpp"
#include "access/tickets.hpp"
#include "net/address_budgets.hpp"
#include "net/client_address.hpp"
#include "net/log_watch.hpp"
#include "net/loop.hpp"
#include "net/metrics.hpp"
#include "net/origins.hpp"
#include "net/rights_store.hpp"
#include "net/router.hpp"
#include "net/server_options.hpp"
#include "net/workshop_host.hpp"

namespace rundbord::net {

struct ApiParts {
  const ServerOptions& options;
  const Origins& origins;
  const TrustedProxies& proxies;
  Loop& loop;
  log::EventLog& log;
  WorkshopHost& host;
  RightsStore& rights;
  access::Tickets& tickets;
  access::TicketLimit& ticket_limit;
  access::GuessLimit& guesses;
  AddressBudgets& joins;
  Metrics& metrics;
  LogWatch& log_watch;
};

// `parts` must outlive the router.
void add_workshop_routes(Router& router, const ApiParts& parts);
void add_join_routes(Router& router, const ApiParts& parts);
void add_session_routes(Router& router, const ApiParts& parts);
void add_result_routes(Router& router, const ApiParts& parts);
void add_description_routes(Router& router, const ApiParts& parts);

}  // namespace rundbord::net
