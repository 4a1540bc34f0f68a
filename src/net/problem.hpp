// Answers in JSON, and refusals as problem documents (RFC 9457, SPEC HT1). Pure functions: any
// thread.
#pragma once
#include <string>
#include <string_view>

#include "domain/rejection.hpp"
#include "domain/time.hpp"
#include "net/http_message.hpp"

namespace rundbord::net {

Response json_response(int status, std::string body);

// `code` is stable, `detail` a sentence a person can use, `field` the part of the request at fault.
Response problem(int status, std::string_view code, std::string_view detail,
                 std::string_view field = {});
Response problem(const Rejection& rejection);

// Beyond a budget: come back after `wait`.
Rejection busy_for(Duration wait);

std::string_view status_title(int status);

}  // namespace rundbord::net
