#include "net/socket_door.hpp"

#include "net/problem.hpp"
#include "net/target.hpp"

namespace rundbord::net {
namespace {

bool lists(std::string_view header, std::string_view wanted) {
  while (!header.empty()) {
    const auto end = std::min(header.find(','), header.size());
    if (same_ignoring_case(trimmed(header.substr(0, end)), wanted)) return true;
    header.remove_prefix(std::min(end + 1, header.size()));
  }
  return false;
}

}  // namespace

bool asks_for_socket(const Request& request) {
  return lists(header_of(request, "Upgrade"), "websocket");
}

std::variant<LetIn, Response> knock(const ApiParts& parts, const Request& request) {
  const auto target = read_target(request.target);
  if (!target || target->segments.size() != 2 || target->segments[0] != "ws") {
    return problem(404, "not_found", "Sockets are opened at /ws/{workshop}.");
  }
  const auto workshop = id_from_text<WorkshopId>(target->segments[1]);
  if (!workshop) return problem(404, "unknown_workshop", "There is no such workshop.");
  const auto origin = header_of(request, "Origin");
  if (!origin.empty() && !parts.origins.allows(origin, request.local)) {
    return problem(403, "origin_not_allowed", "Pages of another site may not open sockets here.");
  }
  if (!lists(header_of(request, "Sec-WebSocket-Protocol"), subprotocol)) {
    return problem(400, "version", "This server speaks the subprotocol rundbord.v1.",
                   "Sec-WebSocket-Protocol");
  }
  const auto ticket = target->query.find("ticket");
  auto rights = ticket == target->query.end()
                    ? std::nullopt
                    : parts.tickets.take(ticket->second, *workshop, parts.loop.now());
  if (!rights) {
    return problem(403, "forbidden",
                   "The ticket is unknown, used, or older than 30 seconds; get a new one.",
                   "ticket");
  }
  return LetIn{*workshop, std::move(*rights)};
}

}  // namespace rundbord::net
