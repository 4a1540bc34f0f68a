#include "net/socket_door.hpp"

#include <algorithm>
#include <optional>

#include "net/problem.hpp"
#include "net/target.hpp"

namespace rundbord::net {
namespace {

using Same = bool (*)(std::string_view, std::string_view);

bool lists(std::string_view header, std::string_view wanted, Same same = same_ignoring_case) {
  while (!header.empty()) {
    const auto end = std::min(header.find(','), header.size());
    if (same(trimmed(header.substr(0, end)), wanted)) return true;
    header.remove_prefix(std::min(end + 1, header.size()));
  }
  return false;
}

bool is_base64(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
         c == '/';
}

// 16 bytes in base64: 22 characters and two to fill up.
bool is_socket_key(std::string_view key) {
  constexpr std::size_t characters = 22;
  return key.size() == characters + 2 && key.substr(characters) == "==" &&
         std::all_of(key.begin(), key.begin() + characters, is_base64);
}

// The opening handshake of RFC 6455, 4.2.1, with its problem when it is none.
std::optional<Response> handshake_fault(const Request& request) {
  if (request.method != "GET") {
    auto response = problem(405, "method_not_allowed", "Sockets are opened with GET.");
    response.headers.push_back({"Allow", "GET"});
    return response;
  }
  if (!request.body.empty()) return problem(400, "malformed", "The handshake has no body.");
  if (!lists(all_of(request, "Connection"), "upgrade")) {
    return problem(400, "malformed", "Connection does not name upgrade.", "Connection");
  }
  if (header_of(request, "Host").empty())
    return problem(400, "malformed", "Host is missing.", "Host");
  if (all_of(request, "Sec-WebSocket-Version") != "13") {
    auto response =
        problem(426, "version", "Sockets of version 13 are opened here.", "Sec-WebSocket-Version");
    response.headers.push_back({"Sec-WebSocket-Version", "13"});
    return response;
  }
  if (!is_socket_key(all_of(request, "Sec-WebSocket-Key"))) {
    return problem(400, "malformed", "The key is not 16 bytes in base64.", "Sec-WebSocket-Key");
  }
  return std::nullopt;
}

}  // namespace

bool asks_for_socket(const Request& request) {
  return lists(all_of(request, "Upgrade"), "websocket");
}

std::variant<LetIn, Response> knock(const ApiParts& parts, const Request& request) {
  const auto target = read_target(request.target);
  if (!target || target->segments.size() != 2 || target->segments[0] != "ws") {
    return problem(404, "not_found", "Sockets are opened at /ws/{workshop}.");
  }
  const auto workshop = id_from_text<WorkshopId>(target->segments[1]);
  if (!workshop) return problem(404, "unknown_workshop", "There is no such workshop.");
  if (auto fault = handshake_fault(request)) return std::move(*fault);
  const auto origin = header_of(request, "Origin");
  if (!origin.empty() && !parts.origins.allows(origin, request.local)) {
    return problem(403, "origin_not_allowed", "Pages of another site may not open sockets here.");
  }
  const Same to_the_letter = [](std::string_view a, std::string_view b) { return a == b; };
  if (!lists(all_of(request, "Sec-WebSocket-Protocol"), subprotocol, to_the_letter)) {
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
