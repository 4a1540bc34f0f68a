// Old stored events, read as the events of today: a name or field that was stored once is readable
// for ever. An upcast takes the event's JSON one step forward; several follow one another. What is
// stored stays as it is, so the chain holds. Inside protocol/ and its tests; any thread.
#pragma once
#include <functional>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "protocol/log_codec.hpp"

namespace rundbord::protocol {

// By the stored name it reads. It may give the event another name and change its fields; texts stay
// the numbers `{"t":n}` that they are.
using Upcasts = std::map<std::string, std::function<void(nlohmann::json& event)>>;
const Upcasts& own_upcasts();

// Applies them until none fits. An upcast that keeps the name is applied once.
void upcast(nlohmann::json& event, const Upcasts& upcasts);

// decode_commit() of log_codec.hpp, with other upcasts than our own.
std::variant<Commit, std::string> decode_commit(
    const std::string& header, const std::vector<std::optional<std::string>>& texts,
    const Upcasts& upcasts);

}  // namespace rundbord::protocol
