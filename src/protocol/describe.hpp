// The wire protocol described for other programs, made from the same field lists as the codecs:
// `asyncapi.yaml` is this text, and a test holds the file to it. Pure functions, any thread.
#pragma once
#include <string>

namespace rundbord::protocol {

// An AsyncAPI 2.6 document in YAML.
std::string describe_asyncapi();

}  // namespace rundbord::protocol
