// A template as JSON, in the field names of the wire: for the editor, and for making a workshop of
// it. Pure functions, any thread.
#pragma once
#include <string>

#include "protocol/template.hpp"

namespace rundbord::protocol {

std::string template_json(const Template& made);

}  // namespace rundbord::protocol
