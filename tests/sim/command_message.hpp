// A command as a browser says it over the socket (SPEC CM1). Pure; apart from the client, because
// it takes long to compile.
#pragma once
#include <string>

#include "acts.hpp"

namespace rundbord::sim {

// `author_key`: empty where authors are stored.
std::string command_message(const CommandId& id, const Wish& wish, const std::string& author_key);

}  // namespace rundbord::sim
