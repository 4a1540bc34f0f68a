// The descriptions of both protocols for other programs, in JSON made of the YAML files in
// protocol/, which are built into the program. Pure functions: any thread.
#pragma once
#include <string>
#include <string_view>

namespace rundbord::net {

std::string_view openapi_yaml();
std::string_view asyncapi_yaml();

// Throws YAML::Exception for what is no YAML; the files built in are held to it by a test.
std::string json_of_yaml(std::string_view yaml);

}  // namespace rundbord::net
