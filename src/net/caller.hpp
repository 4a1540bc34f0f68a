// Who is asking, and with what: the first questions of every handler. Functions of one request; io
// thread.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <variant>

#include "access/rights.hpp"
#include "net/api.hpp"

namespace rundbord::net {

struct Caller {
  std::string secret;      // of `Authorization: Bearer`; empty when there is none
  std::string cookie;      // the browser's own
  bool is_server = false;  // holds the server link
};
Caller caller_of(const ApiParts& parts, const Request& request);

// The workshop in the path; nothing when that is no id.
std::optional<WorkshopId> workshop_in(const Call& call);

// A call for one workshop by somebody with rights in it.
struct Admitted {
  WorkshopId workshop;
  access::Rights rights;
};
// Or the refusal to answer with. Whether the workshop exists is not told to strangers.
std::variant<Admitted, Response> admit(const ApiParts& parts, const Call& call);
std::variant<Admitted, Response> admit_organiser(const ApiParts& parts, const Call& call);

// The body as JSON, an empty one as an empty object; or the refusal. Anything but an object is one.
std::variant<nlohmann::json, Response> body_of(const Call& call);

// A member's text; empty when there is none or it is no text.
std::string text_at(const nlohmann::json& body, const char* key);

// The address that guesses are counted for.
std::string address_of(const ApiParts& parts, const Request& request);

}  // namespace rundbord::net
