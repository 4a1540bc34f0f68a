// The browser's own secret, in a cookie no script can read: `__Host-rundbord` over https,
// `rundbord` in a hall's plain net. Pure functions: any thread.
#pragma once
#include <string>
#include <string_view>

#include "net/http_message.hpp"

namespace rundbord::net {

enum class CookieFor { workshops, server };

// Empty when there is none, or none that can be a secret.
std::string cookie_of(const Request& request, CookieFor purpose, bool secure);
Header set_cookie(CookieFor purpose, std::string_view secret, bool secure);

}  // namespace rundbord::net
