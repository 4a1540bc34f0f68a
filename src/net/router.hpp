// Finds the handler for a request by method and path. Filled at start, then only read; io thread.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "net/http_message.hpp"
#include "net/target.hpp"

namespace rundbord::net {

struct Call {
  Request request;
  Target target;
  std::map<std::string, std::string> parameters;  // what stood for {name} in the route's path

  const std::string& parameter(const std::string& name) const { return parameters.at(name); }
  // Empty when it is not given.
  std::string query(const std::string& name) const;
};
using Handler = std::function<void(Call, Respond)>;

struct Route {
  std::string method;
  std::string path;  // segments are literal, {name}, or literal{name}: /export.{format}
  Handler handler;
};

class Router {
 public:
  void add(std::string method, std::string path, Handler handler);
  // For what no route fits; without it such requests get 404.
  void otherwise(Handler handler) { otherwise_ = std::move(handler); }

  // HEAD goes to GET's handler. A path known under other methods only is 405.
  void handle(Request request, Respond respond) const;
  const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
  Handler otherwise_;
};

}  // namespace rundbord::net
