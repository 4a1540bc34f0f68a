// The rooms of a new workshop as people give them: how many, a list, or a table pasted as CSV.
// Pure functions: any thread.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string_view>
#include <variant>

#include "domain/rejection.hpp"

namespace rundbord::net {

// An array of {number, name}, as create_workshop takes it. A number n gives rooms 1 to n; in a list
// stand numbers, names or {number, name}; in a string one room a line, "number,name", either alone,
// or a meeting tool's "name,address" with each name taken once. What has no number gets the next
// free one.
std::variant<nlohmann::json, Rejection> rooms_from(const nlohmann::json& given);

}  // namespace rundbord::net
