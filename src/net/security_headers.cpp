#include "net/security_headers.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace rundbord::net {
namespace {

constexpr std::string_view policy_header = "Content-Security-Policy";
constexpr std::string_view own_policy = "rundbord";

using Pair = std::pair<std::string_view, std::string_view>;
constexpr std::array<Pair, 5> fixed = {{
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Permissions-Policy",
     "camera=(), microphone=(), geolocation=(), payment=(), usb=(), screen-wake-lock=(self)"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
}};

bool has(const Response& response, std::string_view name) {
  return std::any_of(response.headers.begin(), response.headers.end(),
                     [&](const Header& header) { return header.name == name; });
}

}  // namespace

std::string content_security_policy(const std::vector<std::string>& style_hashes,
                                    const std::vector<std::string>& trusted_types,
                                    const std::vector<std::string>& script_hashes) {
  std::string policy = "default-src 'none'; script-src 'self'";
  for (const auto& hash : script_hashes) policy += " '" + hash + "'";
  for (const char* what : {"connect", "img", "font", "worker", "manifest"}) {
    policy += std::string("; ") + what + "-src 'self'";
  }
  // All of a page's styles stand in the page (web/tools/pages.ts).
  policy += style_hashes.empty() ? "; style-src 'none'" : "; style-src";
  for (const auto& hash : style_hashes) policy += " '" + hash + "'";
  policy +=
      "; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
      "; require-trusted-types-for 'script'; trusted-types ";
  policy += own_policy;
  for (const auto& name : trusted_types) {
    if (name != own_policy) policy += ' ' + name;
  }
  return policy;
}

void add_security_headers(Response& response) {
  if (!has(response, policy_header)) {
    response.headers.push_back({std::string(policy_header), content_security_policy({}, {})});
  }
  for (const auto& [name, value] : fixed) {
    response.headers.push_back({std::string(name), std::string(value)});
  }
  if (!has(response, "Cache-Control")) response.headers.push_back({"Cache-Control", "no-store"});
}

}  // namespace rundbord::net
