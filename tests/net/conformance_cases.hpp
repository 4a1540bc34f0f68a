// What RFC 6455 asks of a server, as cases made in classes: bytes a client sends, and what must
// come of it. Values; any thread.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace rundbord::net {

struct ConformanceCase {
  std::string name;  // "class: what"
  std::string sent;
  std::size_t chop = 0;                // sent in pieces of so many bytes; 0: all at once
  std::vector<std::string> pongs{};    // payloads of the pong frames that must come, in order
  std::vector<std::string> answers{};  // types of the JSON answers that must come, in order
  // Codes of the close frame one of which must come, 0 for one without a code; none: the connection
  // must live on.
  std::vector<std::uint16_t> closes{};
  // What may be sent when the close did not come yet: coming only then is not strict.
  std::string rest{};
};

std::vector<ConformanceCase> frame_cases();
std::vector<ConformanceCase> control_cases();
std::vector<ConformanceCase> fragment_cases();
std::vector<ConformanceCase> utf8_cases();
std::vector<ConformanceCase> close_cases();

// Opening handshakes: a whole request for `target`, and the status that must come.
struct HandshakeCase {
  std::string name;
  std::string request;  // with TARGET where the path and its ticket stand
  int status = 101;
};
std::vector<HandshakeCase> handshake_cases();

}  // namespace rundbord::net
