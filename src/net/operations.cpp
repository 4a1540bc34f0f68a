#include "net/operations.hpp"

#include "net/problem.hpp"

namespace rundbord::net {

void add_operations_routes(Router& router, const Metrics& metrics, std::function<bool()> ready) {
  router.add("GET", "/healthz", [](Call, Respond respond) {
    respond({200, "text/plain; charset=utf-8", "alive\n", {}});
  });
  router.add("GET", "/readyz", [ready](Call, Respond respond) {
    if (!ready()) return respond(problem(503, "stopping", "The server is stopping."));
    respond({200, "text/plain; charset=utf-8", "ready\n", {}});
  });
  router.add("GET", "/metrics", [&metrics](Call, Respond respond) {
    respond({200, "text/plain; version=0.0.4; charset=utf-8", metrics.text(), {}});
  });
}

}  // namespace rundbord::net
