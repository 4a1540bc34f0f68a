// The secret that may create workshops, kept in DIR/server-link, readable by its owner only. Owned
// by app/ at start; any thread.
#pragma once
#include <filesystem>
#include <string>
#include <variant>

#include "access/secret.hpp"

namespace rundbord::access {

struct ServerLinkError {
  std::string sentence;
};
using ServerLinkResult = std::variant<std::string, ServerLinkError>;

// The secret in the folder; drawn and written with mode 0600 when there is none yet.
ServerLinkResult server_secret(const std::filesystem::path& folder, const RandomSource& random);
// Only reads: for `rundbord link` and `replay --data`.
ServerLinkResult read_server_secret(const std::filesystem::path& folder);

// The secret of a link as people paste it: a whole URL with the secret after '#', or the bare
// secret. Empty when there is none in it.
std::string secret_in_link(std::string_view link);

}  // namespace rundbord::access
