// What comes over HTTP before a handler sees it, and the frames of a socket.
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "access/join_code.hpp"
#include "access/secret.hpp"
#include "net/client_address.hpp"
#include "net/cookies.hpp"
#include "net/frame_scanner.hpp"
#include "net/http_message.hpp"
#include "net/origins.hpp"
#include "net/request_shape.hpp"
#include "net/target.hpp"
#include "oracle.hpp"
#include "target.hpp"

namespace rundbord::fuzz {
namespace {

using namespace net;
namespace http = boost::beast::http;

// Parses as the HTTP session does, with its limits; nothing for what it would refuse or wait for.
std::optional<Request> request_from(std::string_view bytes) {
  http::request_parser<http::string_body> parser;
  parser.header_limit(4096);
  parser.body_limit(4096);
  parser.eager(true);
  boost::system::error_code ec;
  while (!bytes.empty() && !parser.is_done()) {
    const auto used = parser.put(boost::asio::buffer(bytes.data(), bytes.size()), ec);
    if (ec || used == 0) return std::nullopt;
    bytes.remove_prefix(used);
  }
  if (!parser.is_done()) return std::nullopt;
  Request request;
  request.method = std::string(parser.get().method_string());
  request.target = std::string(parser.get().target());
  for (const auto& field : parser.get()) {
    request.headers.push_back({std::string(field.name_string()), std::string(field.value())});
  }
  request.body = parser.get().body();
  request.peer = "10.0.0.1";
  request.local = "127.0.0.1:8080";
  return request;
}

std::size_t count_of(const Request& request, std::string_view name) {
  std::size_t count = 0;
  for (const auto& header : request.headers) count += same_ignoring_case(header.name, name);
  return count;
}

void hold_shape(const Request& request) {
  if (ambiguous_shape(request)) return;
  const auto lengths = count_of(request, "content-length");
  require(lengths + count_of(request, "transfer-encoding") <= 1, "one header says the length");
  require(count_of(request, "host") <= 1, "there is one Host");
  if (lengths == 1) require(declared_length(request) == request.body.size(), "the body fits it");
}

void hold_cookie(const Request& request) {
  for (const bool secure : {false, true}) {
    const auto secret = cookie_of(request, CookieFor::workshops, secure);
    if (secret.empty()) continue;
    require(access::is_secret(secret), "a cookie is a secret");
    require(all_of(request, "cookie").find(secret) != std::string::npos, "which the client sent");
  }
}

const TrustedProxies& proxies() {
  static const TrustedProxies known = [] {
    TrustedProxies made;
    require(made.add("10.0.0.0/8") && made.add("fd00::/8"), "networks are read");
    return made;
  }();
  return known;
}

void hold_address(std::string_view peer, std::string_view forwarded) {
  const auto client = proxies().client(peer, forwarded);
  require(!client.empty() || peer.empty(), "a client has an address");
  if (!proxies().trusts(peer)) {
    require(client == proxies().client(peer, ""), "S4: a stranger is not believed");
  }
  require(client.size() <= 64 || client == peer, "an address is short");
}

// Every frame of RFC 6455 in one pass, without states.
struct Counted {
  std::uint64_t frames = 0;
  std::size_t fragments = 0;
  bool in_message = false;
  bool unfinished = false;
};
Counted count_frames(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  Counted counted;
  while (!bytes.empty()) {
    counted.unfinished = true;
    if (bytes.size() < 2) return counted;
    std::uint64_t length = at(1) & 0x7F;
    const std::size_t more = length == 126 ? 2 : length == 127 ? 8 : 0;
    const std::size_t header = 2 + more + (at(1) & 0x80 ? 4 : 0);
    if (bytes.size() < header) return counted;
    if (more > 0) length = 0;
    for (std::size_t i = 0; i < more; ++i) length = length << 8 | at(2 + i);
    ++counted.frames;
    const bool control = (at(0) & 0x08) != 0;
    if (!control) {
      counted.fragments = counted.in_message ? counted.fragments + 1 : 1;
      counted.in_message = true;
    }
    if (bytes.size() - header < length) return counted;
    if (!control && (at(0) & 0x80) != 0) counted.in_message = false;
    counted.unfinished = counted.in_message;
    bytes.remove_prefix(header + length);
  }
  return counted;
}

}  // namespace

RUNDBORD_FUZZ(http_request, 2048) {
  const auto request = request_from(bytes);
  if (!request) return;
  hold_shape(*request);
  hold_cookie(*request);
  hold_address(request->peer, all_of(*request, "X-Forwarded-For"));
  const Origins origins(origin_of("https://rundbord.example"), {"127.0.0.1", 8080});
  const std::string origin(header_of(*request, "Origin"));
  if (origins.allows(origin, request->local)) {
    require(origin == "https://rundbord.example" || origin == "http://127.0.0.1:8080" ||
                origin == "http://localhost:8080" || origin == "http://[::1]:8080",
            "S3: exact origins only");
  }
  const auto target = read_target(request->target);
  if (target) require(request->target.front() == '/', "a target begins with a slash");
}

RUNDBORD_FUZZ(request_target, 512) {
  const auto target = read_target(bytes);
  const auto decoded = percent_decoded(percent_encoded(bytes), false);
  require(decoded == std::string(bytes), "what is percent-encoded is decoded again");
  if (!target) return;
  std::string written;
  for (const auto& segment : target->segments) written += '/' + percent_encoded(segment);
  if (written.empty()) written = "/";
  char sign = '?';
  for (const auto& [name, value] : target->query) {
    written += sign + percent_encoded(name) + '=' + percent_encoded(value);
    sign = '&';
  }
  const auto again = read_target(written);
  if (written.size() > target_bytes_max) return;
  require(again.has_value(), "a target is read again");
  require(again->segments == target->segments, "with the same segments");
  require(again->query == target->query, "and the same query");
}

RUNDBORD_FUZZ(origin, 256) {
  const auto origin = origin_of(bytes);
  if (origin) {
    require(origin_of(*origin) == origin, "an origin is its own origin");
    require(origin->find_first_of(" /?#@", 8) == std::string::npos,
            "and has neither path nor user");
  }
  const auto address = read_host_port(bytes);
  if (!address) return;
  const auto again = read_host_port(to_text(*address));
  require(again && again->host == address->host && again->port == address->port,
          "host and port are read as written");
}

RUNDBORD_FUZZ(client_address, 256) {
  Parts parts(bytes);
  const auto peer = parts.next();
  hold_address(peer, parts.next());
  TrustedProxies one;
  if (one.add(peer) && peer.find('/') == std::string_view::npos) {
    require(one.trusts(peer), "an address given is trusted");
  }
}

RUNDBORD_FUZZ(cookie, 256) {
  Request request;
  Parts parts(bytes);
  while (!parts.done() && request.headers.size() < 4) {
    request.headers.push_back({"Cookie", std::string(parts.next())});
  }
  hold_cookie(request);
}

// As somebody might copy it from a projector: small letters, and those that look like digits.
std::string mistaken(std::string shown, std::size_t draw) {
  for (char& c : shown) {
    if (c == '1') c = "1iIlL"[draw++ % 5];
    if (c == '0') c = "0oO"[draw++ % 3];
    if (c >= 'A' && c <= 'Z' && draw++ % 2 == 1) c = static_cast<char>(c - 'A' + 'a');
  }
  return shown;
}

RUNDBORD_FUZZ(join_code, 64) {
  const auto code = access::code_from(bytes);
  if (!code) return;
  require(code->characters.size() == access::join_code_length, "a code is 8 characters");
  require(code->characters.find_first_of("ILOU") == std::string::npos, "of Crockford's 32");
  require(access::code_from(access::shown(*code)) == code, "and is read as it is shown");
  require(access::code_from(mistaken(access::shown(*code), bytes.size())) == code,
          "S4: and as it is mistaken");
}

// The first byte says in which portions the others come.
RUNDBORD_FUZZ(frame_scanner, 512) {
  if (bytes.empty()) return;
  const std::size_t portion = 1 + static_cast<unsigned char>(bytes[0]) % 37;
  bytes.remove_prefix(1);
  FrameScanner scanner;
  for (std::size_t from = 0; from < bytes.size(); from += portion) {
    const auto part = bytes.substr(from, portion);
    scanner.take(reinterpret_cast<const std::uint8_t*>(part.data()), part.size());
    require(scanner.unfinished() || scanner.unfinished_bytes() == 0,
            "what is whole is not counted");
  }
  const auto counted = count_frames(bytes);
  require(scanner.frames() == counted.frames, "every frame is counted, however it comes");
  require(scanner.fragments() == counted.fragments, "and every fragment");
  require(scanner.unfinished() == counted.unfinished, "and what is not whole is known");
  require(scanner.unfinished_bytes() <= bytes.size(), "bytes that came");
}

}  // namespace rundbord::fuzz
