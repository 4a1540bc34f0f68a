#include "net/problem.hpp"

#include <algorithm>

#include "protocol/json_text.hpp"
#include "protocol/server_message.hpp"

namespace rundbord::net {
namespace {

constexpr int unprocessable = 422;

int status_of(RejectionCode code) {
  switch (code) {
    case RejectionCode::malformed:
    case RejectionCode::too_deep:
      return 400;
    case RejectionCode::forbidden:
    case RejectionCode::foreign_seat:
      return 403;
    case RejectionCode::unknown_workshop:
      return 404;
    case RejectionCode::exists_already:
    case RejectionCode::room_closed:
    case RejectionCode::rooms_locked:
    case RejectionCode::room_full:
    case RejectionCode::sitting_closed:
    case RejectionCode::stale_position:
      return 409;
    case RejectionCode::too_large:
      return 413;
    case RejectionCode::busy:
    case RejectionCode::not_stored:
      return 503;
    default:
      return unprocessable;  // the request is understood, a value in it will not do
  }
}

Response document(int status, const std::string& members) {
  std::string body = R"({"type":"about:blank","title":)";
  protocol::append_json_string(body, status_title(status));
  body += ",\"status\":" + std::to_string(status) + ',' + members + '}';
  return {status, "application/problem+json", std::move(body), {}};
}

// In whole seconds, at least one.
std::string retry_after(const Rejection& rejection) {
  for (const auto& [name, value] : rejection.facts) {
    if (name == "retry_ms") return std::to_string(std::max<std::int64_t>(1, (value + 999) / 1000));
  }
  return "1";
}

}  // namespace

Response json_response(int status, std::string body) {
  return {status, "application/json", std::move(body), {}};
}

Response problem(int status, std::string_view code, std::string_view detail,
                 std::string_view field) {
  std::string members = "\"code\":";
  protocol::append_json_string(members, code);
  members += ",\"detail\":";
  protocol::append_json_string(members, detail);
  if (!field.empty()) {
    members += ",\"field\":";
    protocol::append_json_string(members, field);
  }
  return document(status, members);
}

Response problem(const Rejection& rejection) {
  const int status = status_of(rejection.code);
  auto response = document(status, protocol::rejection_members(rejection));
  if (status == 503) response.headers.push_back({"Retry-After", retry_after(rejection)});
  return response;
}

Rejection busy_for(Duration wait) {
  return {RejectionCode::busy, "", {{"retry_ms", wait.count()}}};
}

std::string_view status_title(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 204:
      return "No Content";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 422:
      return "Unprocessable Content";
    case 426:
      return "Upgrade Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    default:
      return "Error";
  }
}

}  // namespace rundbord::net
