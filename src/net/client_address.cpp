#include "net/client_address.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

#include "net/http_message.hpp"

namespace rundbord::net {
namespace {

namespace ip = boost::asio::ip;

std::optional<ip::address> read_address(std::string_view text) {
  boost::system::error_code ec;
  auto address = ip::make_address(std::string(text), ec);
  if (ec) return std::nullopt;
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    address = ip::make_address_v4(ip::v4_mapped, address.to_v6());
  }
  return address;
}

std::string as_key(const ip::address& address) {
  if (address.is_v4()) return address.to_string();
  return ip::network_v6(address.to_v6(), 64).canonical().to_string();
}

}  // namespace

struct TrustedProxies::Networks {
  std::vector<ip::network_v4> v4;
  std::vector<ip::network_v6> v6;

  // IPv4 written as IPv6 is compared as IPv4, so its networks must be kept as such too.
  void add(const ip::network_v6& network) {
    if (!network.address().is_v4_mapped() || network.prefix_length() < 96) {
      return v6.push_back(network.canonical());
    }
    const auto address = ip::make_address_v4(ip::v4_mapped, network.address());
    v4.push_back(ip::network_v4(address, network.prefix_length() - 96).canonical());
  }

  bool hold(const ip::address& address) const {
    if (address.is_v4()) {
      return std::any_of(v4.begin(), v4.end(), [&](const auto& network) {
        return ip::network_v4(address.to_v4(), network.prefix_length()).canonical() == network;
      });
    }
    return std::any_of(v6.begin(), v6.end(), [&](const auto& network) {
      return ip::network_v6(address.to_v6(), network.prefix_length()).canonical() == network;
    });
  }
};

TrustedProxies::TrustedProxies() : networks_(std::make_unique<Networks>()) {}
TrustedProxies::~TrustedProxies() = default;
TrustedProxies::TrustedProxies(TrustedProxies&&) noexcept = default;

bool TrustedProxies::add(std::string_view network) {
  std::string text(network);
  const bool is_v6 = text.find(':') != std::string::npos;
  if (text.find('/') == std::string::npos) text += is_v6 ? "/128" : "/32";
  boost::system::error_code ec;
  if (is_v6) {
    const auto read = ip::make_network_v6(text, ec);
    if (!ec) networks_->add(read);
  } else {
    const auto read = ip::make_network_v4(text, ec);
    if (!ec) networks_->v4.push_back(read.canonical());
  }
  return !ec;
}

bool TrustedProxies::trusts(std::string_view peer) const {
  const auto address = read_address(peer);
  return address && networks_->hold(*address);
}

std::string TrustedProxies::client(std::string_view peer, std::string_view forwarded_for) const {
  auto address = read_address(peer);
  if (!address) return std::string(peer);
  while (networks_->hold(*address) && !forwarded_for.empty()) {
    const auto comma = forwarded_for.rfind(',');
    const bool last = comma == std::string_view::npos;
    const auto before =
        read_address(trimmed(last ? forwarded_for : forwarded_for.substr(comma + 1)));
    forwarded_for = last ? std::string_view() : forwarded_for.substr(0, comma);
    // What cannot be read was not written by a proxy we trust.
    if (!before) break;
    address = before;
  }
  return as_key(*address);
}

}  // namespace rundbord::net
