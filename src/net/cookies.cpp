#include "net/cookies.hpp"

#include "access/secret.hpp"

namespace rundbord::net {
namespace {

// Half a year: a workshop's sittings and the reading of its archive.
constexpr int cookie_life_s = 180 * 24 * 3600;

std::string name_for(CookieFor purpose, bool secure) {
  const std::string name = purpose == CookieFor::server ? "rundbord-server" : "rundbord";
  return secure ? "__Host-" + name : name;
}

}  // namespace

std::string cookie_of(const Request& request, CookieFor purpose, bool secure) {
  const auto wanted = name_for(purpose, secure);
  for (const auto& header : request.headers) {
    if (!same_ignoring_case(header.name, "Cookie")) continue;
    std::string_view rest = header.value;
    while (!rest.empty()) {
      const auto end = std::min(rest.find(';'), rest.size());
      const auto pair = trimmed(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      const auto equals = pair.find('=');
      if (equals == std::string_view::npos || pair.substr(0, equals) != wanted) continue;
      const auto value = pair.substr(equals + 1);
      if (access::is_secret(value)) return std::string(value);
    }
  }
  return {};
}

Header set_cookie(CookieFor purpose, std::string_view secret, bool secure) {
  std::string value = name_for(purpose, secure) + '=' + std::string(secret);
  value += "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(cookie_life_s);
  if (secure) value += "; Secure";
  return {"Set-Cookie", std::move(value)};
}

}  // namespace rundbord::net
