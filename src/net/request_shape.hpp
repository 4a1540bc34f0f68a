// What a request's headers promise of its body, judged before a byte of it is read: requests that a
// proxy and we could cut at different places are refused, never guessed at (RFC 9112, 6.3). Pure
// functions, any thread.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "net/http_message.hpp"

namespace rundbord::net {

// Why it cannot be taken: both Content-Length and Transfer-Encoding, either of them twice or
// unreadable, another coding than chunked, no or two Host; nothing when all is well.
std::optional<std::string> ambiguous_shape(const Request& request);

// The Content-Length; nothing when there is none, as with chunks.
std::optional<std::uint64_t> declared_length(const Request& request);

}  // namespace rundbord::net
