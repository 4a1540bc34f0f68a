#include "net/operations.hpp"

#include "net/problem.hpp"

namespace rundbord::net {

namespace {

std::string_view sentence_of(std::string_view why_not) {
  if (why_not == "stopping") return "The server is stopping.";
  if (why_not == "disk_full") return "The disk is full: nothing is stored. Make room on it.";
  if (why_not == "no_answer") return "The disk does not answer.";
  return "The disk fails: nothing is stored.";
}

}  // namespace

void add_operations_routes(Router& router, const Metrics& metrics,
                           std::function<void(LogWatch::Told)> ask) {
  router.add("GET", "/healthz", [](Call, Respond respond) {
    respond({200, "text/plain; charset=utf-8", "alive\n", {}});
  });
  router.add("GET", "/readyz", [ask](Call, Respond respond) {
    ask([respond](std::string_view why_not) {
      if (!why_not.empty()) return respond(problem(503, why_not, sentence_of(why_not)));
      respond({200, "text/plain; charset=utf-8", "ready\n", {}});
    });
  });
  router.add("GET", "/metrics", [&metrics](Call, Respond respond) {
    respond({200, "text/plain; version=0.0.4; charset=utf-8", metrics.text(), {}});
  });
}

}  // namespace rundbord::net
