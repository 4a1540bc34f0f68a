// A request and its answer as plain values, so that handlers know nothing of Beast. Made by the
// HTTP session, handed on by value; io thread.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace rundbord::net {

struct Header {
  std::string name;
  std::string value;
};

struct Request {
  std::string method;
  std::string target;  // path and query as sent
  std::vector<Header> headers;
  std::string body;
  std::string peer;   // the address at the other end of the connection, without a port
  std::string local;  // where it came in, "127.0.0.1:8080"
};

struct Response {
  int status = 200;
  std::string content_type;
  std::string body;
  std::vector<Header> headers;
};

// Called exactly once, on the io thread, now or later.
using Respond = std::function<void(Response)>;

// The first header of that name in any case; empty when there is none.
std::string_view header_of(const Request& request, std::string_view name);

// All headers of that name in their order, joined by commas as RFC 9110 reads them.
std::string all_of(const Request& request, std::string_view name);

bool same_ignoring_case(std::string_view left, std::string_view right);
std::string_view trimmed(std::string_view text);
std::string lower_case(std::string_view text);

}  // namespace rundbord::net
