// Where a request really came from, for slowing down guesses and nothing else: the connection's own
// address, or what a trusted proxy says about it. Filled at start; io thread.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rundbord::net {

class TrustedProxies {
 public:
  TrustedProxies();
  ~TrustedProxies();
  TrustedProxies(TrustedProxies&&) noexcept;

  // "10.0.0.0/8", "::1/128", or one address. False when it cannot be read.
  bool add(std::string_view network);

  bool trusts(std::string_view peer) const;

  // The last address in X-Forwarded-For that is no trusted proxy, when `peer` is one; else `peer`.
  // IPv6 addresses are cut to their /64: one household or phone has that many.
  std::string client(std::string_view peer, std::string_view forwarded_for) const;

 private:
  struct Networks;
  std::unique_ptr<Networks> networks_;
};

}  // namespace rundbord::net
