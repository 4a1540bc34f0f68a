// Which pages may use this server, and under which address it hands out its links: an exact
// allow-list made of --public-url and the address it listens on. Filled at start; io thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/http_message.hpp"

namespace rundbord::net {

struct HostPort {
  std::string host;
  unsigned short port = 0;
};
// "127.0.0.1:8080", "[::1]:8080", "localhost:8080". Nothing when it is not in this form.
std::optional<HostPort> read_host_port(std::string_view text);
std::string to_text(const HostPort& address);  // IPv6 in brackets

// "https://rundbord.example" of a URL: scheme, host, and the port where it is not the scheme's own;
// lower case. Nothing when it is no http or https URL.
std::optional<std::string> origin_of(std::string_view url);

class Origins {
 public:
  // `listening`: with the port that was bound.
  Origins(std::optional<std::string> public_origin, const HostPort& listening);

  // `local`: where the connection came in. With a listener on all addresses a phone's page comes
  // from there, whichever of the machine's addresses that is.
  bool allows(std::string_view origin, std::string_view local) const;
  // What links start with, without a slash at the end.
  std::string base_url(const Request& request) const;
  // Served by https: cookies are Secure.
  bool secure() const;

 private:
  std::optional<std::string> public_origin_;
  std::string listening_;
  std::vector<std::string> allowed_;
};

}  // namespace rundbord::net
