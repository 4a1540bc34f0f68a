// A change to a text as JSON and back: `n` keeps n UTF-16 units, `[n]` deletes them,
// `[n,"line",…]` replaces them by the lines joined with \n (the public form of CodeMirror 6).
// Pure functions: any thread.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "domain/change_set.hpp"

namespace rundbord::protocol {

// Nothing for what is not in the form: other types, negative or broken numbers, a line holding a
// line break, ill-formed Unicode, or an old text longer than summary_units_max. Neighbours and
// empty parts are brought to normal form. A new text that is too long is for the domain to refuse.
std::optional<ChangeSet> change_from_json(const nlohmann::json& json);
std::optional<ChangeSet> change_from_json_text(std::string_view json);

// Needs well-formed inserted text, as change_from_json gives; throws std::logic_error otherwise.
nlohmann::json change_to_json(const ChangeSet& change);
std::string change_to_json_text(const ChangeSet& change);

}  // namespace rundbord::protocol
