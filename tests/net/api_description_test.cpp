// openapi.yaml and the routes say the same.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "catch.hpp"
#include "log/memory_log.hpp"
#include "net/api.hpp"
#include "net/asio_loop.hpp"
#include "net/descriptions.hpp"

using namespace rundbord;
using namespace rundbord::net;

namespace {

std::set<std::string> described() {
  const auto openapi = nlohmann::json::parse(json_of_yaml(openapi_yaml()));
  std::set<std::string> operations;
  for (const auto& [path, entry] : openapi.at("paths").items()) {
    for (const auto& [key, operation] : entry.items()) {
      if (key == "parameters") continue;
      std::string method = key;
      std::transform(method.begin(), method.end(), method.begin(), ::toupper);
      operations.insert(method + ' ' + path);
    }
  }
  return operations;
}

std::set<std::string> routed() {
  const ServerOptions options;
  const Origins origins(std::nullopt, {"127.0.0.1", 8080});
  const TrustedProxies proxies;
  AsioLoop loop([] { return Time{}; });
  log::MemoryLog log;
  Metrics metrics;
  WorkshopHost host(loop, log, metrics, WorkshopHostOptions{.random = options.random});
  RightsStore rights(loop, log);
  access::Tickets tickets;
  access::TicketLimit ticket_limit;
  access::GuessLimit guesses;
  AddressBudgets joins(options.limits.joins_per_address);
  LogWatch log_watch(loop, log);
  const ApiParts parts{options, origins,      proxies, loop,  log,     host,     rights,
                       tickets, ticket_limit, guesses, joins, metrics, log_watch};
  Router router;
  add_workshop_routes(router, parts);
  add_join_routes(router, parts);
  add_session_routes(router, parts);
  add_result_routes(router, parts);
  add_description_routes(router, parts);
  std::set<std::string> operations;
  for (const auto& route : router.routes()) operations.insert(route.method + ' ' + route.path);
  return operations;
}

}  // namespace

TEST_CASE("openapi.yaml describes every route, and no other") {
  REQUIRE(routed() == described());
}

TEST_CASE("every reference inside openapi.yaml leads somewhere") {
  const auto openapi = nlohmann::json::parse(json_of_yaml(openapi_yaml()));
  int references = 0;
  const std::function<void(const nlohmann::json&)> visit = [&](const nlohmann::json& node) {
    if (node.is_object() && node.contains("$ref")) {
      const auto reference = node["$ref"].get<std::string>();
      CAPTURE(reference);
      REQUIRE(openapi.contains(nlohmann::json::json_pointer(reference.substr(1))));
      ++references;
    }
    if (node.is_structured()) {
      for (const auto& child : node) visit(child);
    }
  };
  visit(openapi);
  REQUIRE(references > 20);
}

TEST_CASE("asyncapi.yaml is YAML and names the protocol") {
  const auto asyncapi = nlohmann::json::parse(json_of_yaml(asyncapi_yaml()));
  REQUIRE(asyncapi.contains("asyncapi"));
  REQUIRE(asyncapi.contains("channels"));
}
