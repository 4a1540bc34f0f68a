// What those who run the server ask: is it alive, is it ready, how is it doing. On a listener of
// its own. io thread.
#pragma once
#include <functional>

#include "net/log_watch.hpp"
#include "net/metrics.hpp"
#include "net/router.hpp"

namespace rundbord::net {

// /healthz, /readyz, /metrics. `metrics` must outlive the router. `ask` tells why the server takes
// no work, as LogWatch::ask() or "stopping"; empty: it does.
void add_operations_routes(Router& router, const Metrics& metrics,
                           std::function<void(LogWatch::Told)> ask);

}  // namespace rundbord::net
