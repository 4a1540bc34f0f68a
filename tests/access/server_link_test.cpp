#include "access/server_link.hpp"

#include <unistd.h>

#include <fstream>

#include "catch.hpp"
#include "counted_random.hpp"

using namespace rundbord::access;
namespace fs = std::filesystem;

namespace {

class Folder {
 public:
  Folder() {
    char name[] = "/tmp/rundbord-access-XXXXXX";
    path_ = ::mkdtemp(name);
  }
  ~Folder() { fs::remove_all(path_); }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

}  // namespace

TEST_CASE("the server link is drawn once, private, and read again afterwards") {
  const Folder folder;
  const auto first = server_secret(folder.path(), system_random());
  const auto again = server_secret(folder.path(), system_random());
  REQUIRE(std::get<std::string>(first) == std::get<std::string>(again));
  REQUIRE(std::get<std::string>(read_server_secret(folder.path())) == std::get<std::string>(first));
  const auto mode = fs::status(folder.path() / "server-link").permissions();
  REQUIRE(mode == (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("without a server link, or with a broken one, a sentence says so") {
  const Folder folder;
  REQUIRE(std::holds_alternative<ServerLinkError>(read_server_secret(folder.path())));
  std::ofstream(folder.path() / "server-link") << "nonsense\n";
  const auto broken = server_secret(folder.path(), system_random());
  REQUIRE(std::get<ServerLinkError>(broken).sentence.find("server-link") != std::string::npos);
}

TEST_CASE("a folder that cannot be written gives an error, not a secret nobody can find again") {
  const auto result = server_secret("/proc/nowhere", system_random());
  REQUIRE(std::holds_alternative<ServerLinkError>(result));
}
