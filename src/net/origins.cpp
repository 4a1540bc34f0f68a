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

// A name, an IPv4 address, or an IPv6 address in brackets, with its zone if it has one.
bool is_host(std::string_view text) {
  const bool brackets = text.size() > 2 && text.front() == '[' && text.back() == ']';
  if (brackets) text = text.substr(1, text.size() - 2);
  const std::string_view signs = brackets ? ".-_:%" : ".-_";
  const auto fits = [signs](unsigned char c) {
    const bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    return letter || (c >= '0' && c <= '9') || c >= 0x80 ||
           signs.find(static_cast<char>(c)) != std::string_view::npos;
  };
  const bool has_colon = text.find(':') != std::string_view::npos;
  return !text.empty() && brackets == has_colon && std::all_of(text.begin(), text.end(), fits);
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
  if (colon == std::string_view::npos || !is_host(text.substr(0, colon))) return std::nullopt;
  const auto port = read_port(text.substr(colon + 1));
  if (!port) return std::nullopt;
  auto host = text.substr(0, colon);
  if (host.front() == '[') host = host.substr(1, host.size() - 2);
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
  const auto at = std::string_view(origin).substr(host_at);
  if (!is_host(at) && !read_host_port(at)) return std::nullopt;
  const std::string_view own_port = is_safe ? ":443" : ":80";
  if (origin.size() > own_port.size() &&
      origin.compare(origin.size() - own_port.size(), own_port.size(), own_port) == 0) {
    origin.resize(origin.size() - own_port.size());
  }
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
