#include "access/server_link.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>

namespace rundbord::access {
namespace {

constexpr const char* file_name = "server-link";

ServerLinkError error_with(const std::filesystem::path& file, int code) {
  return {"The server link in " + file.string() +
          " cannot be used: " + std::system_category().message(code) + "."};
}

// Written to a name of its own and moved into place, so that a crash never leaves half a secret.
int write_private(const std::filesystem::path& file, const std::string& secret) {
  const auto beside = file.string() + ".new";
  const int descriptor = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) return errno;
  const std::string line = secret + '\n';
  const bool written =
      ::write(descriptor, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
      ::fsync(descriptor) == 0;
  const int code = written ? 0 : (errno != 0 ? errno : EIO);
  ::close(descriptor);
  if (code != 0) return code;
  return ::rename(beside.c_str(), file.c_str()) == 0 ? 0 : errno;
}

}  // namespace

ServerLinkResult read_server_secret(const std::filesystem::path& folder) {
  const auto file = folder / file_name;
  std::ifstream in(file);
  if (!in) return error_with(file, ENOENT);
  std::string secret;
  in >> secret;
  if (!is_secret(secret)) {
    return ServerLinkError{"The server link in " + file.string() +
                           " is not 22 characters of base64url; delete the file and start the "
                           "server again to get a new one."};
  }
  return secret;
}

ServerLinkResult server_secret(const std::filesystem::path& folder, const RandomSource& random) {
  const auto file = folder / file_name;
  std::error_code ec;
  if (std::filesystem::exists(file, ec)) return read_server_secret(folder);
  const auto secret = draw_secret(random);
  const int code = write_private(file, secret);
  if (code != 0) return error_with(file, code);
  return secret;
}

std::string secret_in_link(std::string_view link) {
  if (const auto hash = link.rfind('#'); hash != std::string_view::npos) {
    link.remove_prefix(hash + 1);
  }
  if (const auto dot = link.rfind('.'); dot != std::string_view::npos) link.remove_prefix(dot + 1);
  return is_secret(link) ? std::string(link) : std::string();
}

}  // namespace rundbord::access
