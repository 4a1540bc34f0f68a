// Reads the sittings of a template, down to each step. Used by parse_template only; pure, any
// thread.
#pragma once
#include "domain/programme.hpp"
#include "protocol/template_reader.hpp"

namespace rundbord::protocol {

// Numbers sittings and tasks through the template and questions within their task, from 1. A task
// without cycles gets one per question; a cycle without steps gets lap, dialogue, summary.
Programme read_programme(TableReader& root);

}  // namespace rundbord::protocol
