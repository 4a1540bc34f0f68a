#include "net/origins.hpp"

#include <algorithm>
#include <charconv>

namespace rundbord::net {
namespace {

constexpr std::string_view plain = "http://";
constexpr std::string_view safe = "https://";

std::optional<unsigned short> read_port(std::string_view text) {
  unsigned short port = 0;
  const auto end = text.data() + text.size();
  const auto [stopped, ec] = std::from_chars(text.data(), end, port);
  if (ec != std::errc{} || stopped != end || text.empty()) return std::nullopt;
  return port;
}

std::string origin_at(const HostPort& address) {
  const auto host =
      address.host.find(':') != std::string::npos ? '[' + address.host + ']' : address.host;
  return std::string(plain) + host +
         (address.port == 80 ? std::string() : ':' + std::to_string(address.port));
}

}  // namespace

std::optional<HostPort> read_host_port(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  auto host = text.substr(0, colon);
  const auto port = read_port(text.substr(colon + 1));
  if (!port) return std::nullopt;
  if (host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != std::string_view::npos) {
    return std::nullopt;
  }
  if (host.empty()) return std::nullopt;
  return HostPort{std::string(host), *port};
}

std::string to_text(const HostPort& address) {
  const bool is_v6 = address.host.find(':') != std::string::npos;
  return (is_v6 ? '[' + address.host + ']' : address.host) + ':' + std::to_string(address.port);
}

std::optional<std::string> origin_of(std::string_view url) {
  std::string origin = lower_case(trimmed(url));
  const bool is_safe = origin.rfind(safe, 0) == 0;
  if (!is_safe && origin.rfind(plain, 0) != 0) return std::nullopt;
  const auto host_at = is_safe ? safe.size() : plain.size();
  origin.resize(std::min(origin.find_first_of("/?#", host_at), origin.size()));
  const std::string_view own_port = is_safe ? ":443" : ":80";
  if (origin.size() > own_port.size() &&
      origin.compare(origin.size() - own_port.size(), own_port.size(), own_port) == 0) {
    origin.resize(origin.size() - own_port.size());
  }
  if (origin.size() == host_at || origin.find('@') != std::string::npos) return std::nullopt;
  return origin;
}

Origins::Origins(std::optional<std::string> public_origin, const HostPort& listening)
    : public_origin_(std::move(public_origin)), listening_(origin_at(listening)) {
  if (public_origin_) allowed_.push_back(*public_origin_);
  for (const char* host : {"127.0.0.1", "localhost", "::1"}) {
    allowed_.push_back(origin_at({host, listening.port}));
  }
  allowed_.push_back(listening_);
}

bool Origins::allows(std::string_view origin, std::string_view local) const {
  if (std::find(allowed_.begin(), allowed_.end(), origin) != allowed_.end()) return true;
  const auto came_in_at = read_host_port(local);
  return came_in_at && origin == origin_at(*came_in_at);
}

std::string Origins::base_url(const Request& request) const {
  if (public_origin_) return *public_origin_;
  const auto asked_for = origin_of(std::string(plain) + std::string(header_of(request, "Host")));
  if (asked_for && allows(*asked_for, request.local)) return *asked_for;
  return listening_;
}

bool Origins::secure() const {
  return public_origin_ && public_origin_->rfind(safe, 0) == 0;
}

}  // namespace rundbord::net
