// What was erased as JSON, for the list of erasures that is kept beside the log. Pure functions,
// any thread.
#pragma once
#include <optional>
#include <string>

#include "domain/erased.hpp"

namespace rundbord::protocol {

std::string encode_erased(const Erased& what);
// Nothing when it is not of that form.
std::optional<Erased> decode_erased(const std::string& json);

}  // namespace rundbord::protocol
