#include "protocol/upcast.hpp"

#include <nlohmann/json.hpp>

namespace rundbord::protocol {
namespace {

std::string name_of(const nlohmann::json& event) {
  if (!event.is_object()) return {};
  const auto name = event.find("event");
  return name != event.end() && name->is_string() ? name->get<std::string>() : std::string();
}

}  // namespace

// None yet: 1.0 is the first format that is kept.
const Upcasts& own_upcasts() {
  static const Upcasts upcasts;
  return upcasts;
}

void upcast(nlohmann::json& event, const Upcasts& upcasts) {
  if (upcasts.empty()) return;
  auto name = name_of(event);
  for (auto step = upcasts.find(name); step != upcasts.end(); step = upcasts.find(name)) {
    step->second(event);
    const auto next = name_of(event);
    if (next == name) return;
    name = next;
  }
}

}  // namespace rundbord::protocol
