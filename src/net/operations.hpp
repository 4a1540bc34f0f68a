// What those who run the server ask: is it alive, is it ready, how is it doing. On a listener of
// its own. io thread.
#pragma once
#include <functional>

#include "net/metrics.hpp"
#include "net/router.hpp"

namespace rundbord::net {

// /healthz, /readyz, /metrics. `metrics` must outlive the router.
void add_operations_routes(Router& router, const Metrics& metrics, std::function<bool()> ready);

}  // namespace rundbord::net
