#include "net/caller.hpp"

#include <nlohmann/json.hpp>

#include "access/secret.hpp"
#include "net/cookies.hpp"
#include "net/problem.hpp"
#include "protocol/json_text.hpp"

namespace rundbord::net {
namespace {

std::string bearer_of(const Request& request) {
  constexpr std::string_view scheme = "Bearer ";
  const auto header = header_of(request, "Authorization");
  if (header.size() <= scheme.size()) return {};
  if (!same_ignoring_case(header.substr(0, scheme.size()), scheme)) return {};
  const auto secret = trimmed(header.substr(scheme.size()));
  return access::is_secret(secret) ? std::string(secret) : std::string();
}

Response forbidden() {
  return problem(403, "forbidden",
                 "This needs the workshop's link. Open the link you were given once more.");
}

}  // namespace

Caller caller_of(const ApiParts& parts, const Request& request) {
  const bool secure = parts.origins.secure();
  Caller caller;
  caller.secret = bearer_of(request);
  caller.cookie = cookie_of(request, CookieFor::workshops, secure);
  const auto& server = parts.options.server_secret;
  if (server.empty()) return caller;
  const auto server_cookie = cookie_of(request, CookieFor::server, secure);
  caller.is_server = access::same_secret(caller.secret, server) ||
                     access::same_secret(server_cookie, access::derive_secret(server, "cookie"));
  return caller;
}

std::optional<WorkshopId> workshop_in(const Call& call) {
  return id_from_text<WorkshopId>(call.parameter("id"));
}

std::variant<Admitted, Response> admit(const ApiParts& parts, const Call& call) {
  const auto workshop = workshop_in(call);
  if (!workshop) return problem(404, "unknown_workshop", "There is no such workshop.");
  const auto caller = caller_of(parts, call.request);
  auto rights = parts.rights.of(*workshop, caller.secret, caller.cookie);
  if (rights.none()) return forbidden();
  return Admitted{*workshop, std::move(rights)};
}

std::variant<Admitted, Response> admit_organiser(const ApiParts& parts, const Call& call) {
  auto admitted = admit(parts, call);
  if (const auto* caller = std::get_if<Admitted>(&admitted); caller && !caller->rights.organiser) {
    return problem(403, "forbidden", "Only an organiser of this workshop may do that.");
  }
  return admitted;
}

std::variant<nlohmann::json, Response> body_of(const Call& call) {
  const auto& request = call.request;
  if (request.body.empty()) return nlohmann::json::object();
  const auto type = header_of(request, "Content-Type");
  if (!same_ignoring_case(trimmed(type.substr(0, type.find(';'))), "application/json")) {
    return problem(415, "wrong_type", "Send the body as application/json.", "Content-Type");
  }
  auto parsed = protocol::parse_json(request.body);
  if (const auto* rejection = std::get_if<Rejection>(&parsed)) return problem(*rejection);
  auto& body = std::get<nlohmann::json>(parsed);
  if (!body.is_object()) return problem(422, "wrong_type", "The body must be a JSON object.");
  return std::move(body);
}

std::string text_at(const nlohmann::json& body, const char* key) {
  const auto found = body.find(key);
  return found != body.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string address_of(const ApiParts& parts, const Request& request) {
  // All of them: a proxy may add its own line below the one that the client made up.
  return parts.proxies.client(request.peer, all_of(request, "X-Forwarded-For"));
}

}  // namespace rundbord::net
