#include "net/descriptions.hpp"

#include <yaml-cpp/yaml.h>

#include <nlohmann/json.hpp>

#include "net/api.hpp"
#include "net/problem.hpp"

namespace rundbord::net {
namespace {

using nlohmann::json;

// Words in quotes are text; plain ones are what JSON would take them for, else text.
json scalar(const YAML::Node& node) {
  const auto& text = node.Scalar();
  constexpr const char* quoted_tag = "!";
  if (node.Tag() == quoted_tag) return text;
  const auto read = json::parse(text, nullptr, false);
  return read.is_discarded() || read.is_string() ? json(text) : read;
}

json converted(const YAML::Node& node) {
  if (node.IsScalar()) return scalar(node);
  if (node.IsSequence()) {
    json list = json::array();
    for (const auto& entry : node) list.push_back(converted(entry));
    return list;
  }
  if (!node.IsMap()) return nullptr;
  json object = json::object();
  for (const auto& entry : node) object[entry.first.Scalar()] = converted(entry.second);
  return object;
}

Handler serving(std::string body) {
  return [body = std::move(body)](Call, Respond respond) { respond(json_response(200, body)); };
}

}  // namespace

std::string json_of_yaml(std::string_view yaml) {
  return converted(YAML::Load(std::string(yaml))).dump();
}

void add_description_routes(Router& router, const ApiParts&) {
  router.add("GET", "/api/v1/openapi.json", serving(json_of_yaml(openapi_yaml())));
  router.add("GET", "/api/v1/asyncapi.json", serving(json_of_yaml(asyncapi_yaml())));
}

}  // namespace rundbord::net
