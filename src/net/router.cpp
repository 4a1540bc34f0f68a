#include "net/router.hpp"

#include <optional>

#include "net/problem.hpp"

namespace rundbord::net {
namespace {

using Parameters = std::map<std::string, std::string>;

bool segment_fits(std::string_view pattern, const std::string& segment, Parameters& parameters) {
  const auto brace = pattern.find('{');
  if (brace == std::string_view::npos) return pattern == segment;
  if (segment.size() <= brace || segment.compare(0, brace, pattern.substr(0, brace)) != 0) {
    return false;
  }
  const auto name = pattern.substr(brace + 1, pattern.size() - brace - 2);
  parameters[std::string(name)] = segment.substr(brace);
  return true;
}

std::optional<Parameters> fits(std::string_view path, const std::vector<std::string>& segments) {
  Parameters parameters;
  for (const auto& segment : segments) {
    if (path.empty()) return std::nullopt;
    path.remove_prefix(1);
    const auto end = std::min(path.find('/'), path.size());
    if (!segment_fits(path.substr(0, end), segment, parameters)) return std::nullopt;
    path.remove_prefix(end);
  }
  if (!path.empty()) return std::nullopt;
  return parameters;
}

Response method_not_allowed(const std::string& allowed) {
  auto response =
      problem(405, "method_not_allowed", "This address answers only to " + allowed + ".");
  response.headers.push_back({"Allow", allowed});
  return response;
}

}  // namespace

std::string Call::query(const std::string& name) const {
  const auto found = target.query.find(name);
  return found == target.query.end() ? std::string() : found->second;
}

void Router::add(std::string method, std::string path, Handler handler) {
  routes_.push_back({std::move(method), std::move(path), std::move(handler)});
}

void Router::handle(Request request, Respond respond) const {
  auto target = read_target(request.target);
  if (!target) return respond(problem(400, "malformed", "The address cannot be read."));
  const std::string method = request.method == "HEAD" ? "GET" : request.method;
  std::string allowed;
  for (const auto& route : routes_) {
    auto parameters = fits(route.path, target->segments);
    if (!parameters) continue;
    if (route.method == method) {
      return route.handler({std::move(request), std::move(*target), std::move(*parameters)},
                           std::move(respond));
    }
    allowed += allowed.empty() ? route.method : ", " + route.method;
  }
  if (!allowed.empty()) return respond(method_not_allowed(allowed));
  if (otherwise_) return otherwise_({std::move(request), std::move(*target), {}}, respond);
  respond(problem(404, "not_found", "There is nothing at this address."));
}

}  // namespace rundbord::net
