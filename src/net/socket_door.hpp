// Who may open a socket, asked before the upgrade (SPEC CN1, CN2). io thread.
#pragma once
#include <variant>

#include "access/rights.hpp"
#include "net/api.hpp"

namespace rundbord::net {

inline constexpr std::string_view subprotocol = "rundbord.v1";

// "websocket" in the Upgrade header: to be handed to a socket, or refused by the door.
bool asks_for_socket(const Request& request);

struct LetIn {
  WorkshopId workshop;
  access::Rights rights;
};
// The ticket is looked at last, so that it is not spent on a request that is refused anyway.
std::variant<LetIn, Response> knock(const ApiParts& parts, const Request& request);

}  // namespace rundbord::net
