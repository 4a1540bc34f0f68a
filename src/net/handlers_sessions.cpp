// A link's secret becomes a browser's cookie; a ticket opens a socket (SPEC HT2, HT5).
#include <algorithm>
#include <nlohmann/json.hpp>

#include "domain/limits.hpp"
#include "net/api.hpp"
#include "net/caller.hpp"
#include "net/cookies.hpp"
#include "net/problem.hpp"

namespace rundbord::net {
namespace {

using nlohmann::json;

Response unknown_secret() {
  return problem(403, "forbidden",
                 "This link is not valid here. Ask for it again, or open the join page.", "secret");
}

std::string rights_json(const WorkshopId& workshop, const access::Rights& rights) {
  json seats = json::array();
  for (const auto& seat : rights.seats) seats.push_back(to_text(seat));
  const json answer = {{"workshop", to_text(workshop)},
                       {"organiser", rights.organiser},
                       {"projector", rights.projector},
                       {"seats", std::move(seats)}};
  return answer.dump();
}

// The server link belongs to no workshop; its cookie follows from it, so nothing needs storing.
void open_server_session(const ApiParts& parts, const std::string& secret, Respond respond) {
  const auto& server = parts.options.server_secret;
  if (server.empty() || !access::same_secret(secret, server)) return respond(unknown_secret());
  auto response = json_response(200, R"({"server":true})");
  response.headers.push_back(set_cookie(CookieFor::server, access::derive_secret(server, "cookie"),
                                        parts.origins.secure()));
  respond(std::move(response));
}

void open_session(const ApiParts& parts, Call call, Respond respond) {
  auto read = body_of(call);
  if (auto* refusal = std::get_if<Response>(&read)) return respond(std::move(*refusal));
  const auto& body = std::get<json>(read);
  const auto secret = text_at(body, "secret");
  if (!body.contains("workshop")) return open_server_session(parts, secret, respond);
  const auto workshop = id_from_text<WorkshopId>(text_at(body, "workshop"));
  const auto granted = access::is_secret(secret) ? parts.rights.granted(secret) : std::nullopt;
  if (!workshop || !granted || granted->workshop != *workshop) return respond(unknown_secret());
  auto cookie = caller_of(parts, call.request).cookie;
  const bool is_new = cookie.empty();
  if (is_new) cookie = access::draw_secret(parts.options.random);
  // The seats of this very link first: they are what the page was opened for.
  const auto rights = joined(granted->rights, parts.rights.of(*workshop, {}, cookie));
  if (rights.seats.size() > table_seats_max) {
    return respond(problem(
        {RejectionCode::too_many, "seats", {{"max", static_cast<std::int64_t>(table_seats_max)}}}));
  }
  const auto stored = [&parts, workshop = *workshop, rights, cookie, is_new,
                       respond](bool durable) {
    if (!durable) return respond(problem({RejectionCode::not_stored, "", {}}));
    auto response = json_response(200, rights_json(workshop, rights));
    if (is_new) {
      response.headers.push_back(set_cookie(CookieFor::workshops, cookie, parts.origins.secure()));
    }
    respond(std::move(response));
  };
  parts.rights.store(*workshop, {}, cookie, granted->rights, stored);
}

// `as` narrows a browser that is several things at once: organiser, projector or seats.
access::Rights narrowed(access::Rights rights, const std::string& as) {
  if (as == "organiser") return {rights.organiser, false, {}};
  if (as == "projector") return {false, rights.projector || rights.organiser, {}};
  if (as == "seats") return {false, false, std::move(rights.seats)};
  return rights;
}

Response too_many_tickets() {
  auto response = problem(429, "too_many_connections",
                          "This browser has connected too often; it may again in a while.");
  response.headers.push_back({"Retry-After", "10"});
  return response;
}

bool within_budget(const ApiParts& parts, const Call& call) {
  const auto caller = caller_of(parts, call.request);
  const auto& secret = caller.cookie.empty() ? caller.secret : caller.cookie;
  return secret.empty() || parts.ticket_limit.take(access::kept_as(secret), parts.loop.now());
}

// Whoever comes back to write waits here for the disk, not in a loop that spends the budget: once
// there is room all go on at once.
Response stores_nothing() {
  auto response = problem({RejectionCode::not_stored, "", {}});
  response.headers.push_back({"Retry-After", "1"});
  return response;
}

bool only_watches(const Call& call) {
  const auto read = body_of(call);
  const auto* body = std::get_if<json>(&read);
  return body && text_at(*body, "as") == "projector";
}

void issue_ticket(const ApiParts& parts, Call call, Respond respond) {
  if (!within_budget(parts, call)) {
    parts.metrics.count(Count::tickets_refused);
    return parts.loop.after(parts.options.limits.ticket_refusal_wait,
                            [respond] { respond(too_many_tickets()); });
  }
  auto admitted = admit(parts, call);
  if (auto* refusal = std::get_if<Response>(&admitted)) return respond(std::move(*refusal));
  auto read = body_of(call);
  if (auto* refusal = std::get_if<Response>(&read)) return respond(std::move(*refusal));
  auto& caller = std::get<Admitted>(admitted);
  auto rights = narrowed(std::move(caller.rights), text_at(std::get<json>(read), "as"));
  if (rights.none()) return respond(problem({RejectionCode::forbidden, "as", {}}));
  const auto ticket = parts.tickets.issue(caller.workshop, std::move(rights), parts.loop.now(),
                                          parts.options.random);
  respond(json_response(200, json{{"ticket", ticket}}.dump()));
}

}  // namespace

void add_session_routes(Router& router, const ApiParts& parts) {
  router.add("POST", "/api/v1/sessions", [&parts](Call call, Respond respond) {
    open_session(parts, std::move(call), std::move(respond));
  });
  router.add("POST", "/api/v1/workshops/{id}/ticket", [&parts](Call call, Respond respond) {
    if (only_watches(call)) return issue_ticket(parts, std::move(call), std::move(respond));
    parts.log_watch.when_it_stores(parts.options.limits.ticket_store_wait_max,
                                   [&parts, call = std::move(call), respond](bool stores) {
                                     if (!stores) return respond(stores_nothing());
                                     issue_ticket(parts, call, respond);
                                   });
  });
}

}  // namespace rundbord::net
