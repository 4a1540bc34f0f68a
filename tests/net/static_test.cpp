// Pages and their headers, from a running server.
#include <filesystem>
#include <fstream>

#include "catch.hpp"
#include "running_server.hpp"

using namespace rundbord;
using namespace rundbord::net;
namespace fs = std::filesystem;

namespace {

// A built client, small.
class WebFolder {
 public:
  WebFolder() {
    char name[] = "/tmp/rundbord-web-XXXXXX";
    path_ = ::mkdtemp(name);
    fs::create_directory(path_ / "assets");
    for (const char* page : {"index", "room", "console", "projector", "editor", "archive"}) {
      write(std::string(page) + ".html", std::string("<!doctype html>") + page);
    }
    write("assets/join-abc123.js", "plain");
    write("assets/join-abc123.js.br", "compressed");
    write("csp.json", R"({"styleHashes":{"room.html":["sha256-AAA="]},
                          "trustedTypes":["svelte-trusted-html"]})");
  }
  ~WebFolder() { fs::remove_all(path_); }
  const fs::path& path() const { return path_; }
  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path_ / name) << bytes;
  }

 private:
  fs::path path_;
};

ServerOptions serving(const WebFolder& folder) {
  ServerOptions options;
  options.web_folder = folder.path();
  return options;
}

}  // namespace

TEST_CASE("each page has its address") {
  const WebFolder folder;
  const RunningServer server(serving(folder));
  const std::vector<std::pair<std::string, std::string>> pages = {{"/", "index"},
                                                                  {"/7KQ4-M2XB", "index"},
                                                                  {"/7kq4m2xb", "index"},
                                                                  {"/7KQ4-M2XB/23", "index"},
                                                                  {"/room", "room"},
                                                                  {"/console", "console"},
                                                                  {"/projector", "projector"},
                                                                  {"/new", "editor"},
                                                                  {"/archive", "archive"},
                                                                  {"/room?x=1", "room"}};
  for (const auto& [address, page] : pages) {
    CAPTURE(address);
    const auto reply = server.ask("GET", address);
    REQUIRE(reply.status == 200);
    REQUIRE(reply.body == "<!doctype html>" + page);
    REQUIRE(reply.headers.at("cache-control") == "no-cache");
    REQUIRE(reply.headers.at("content-type") == "text/html; charset=utf-8");
  }
}

TEST_CASE("hashed files are kept for ever, compressed where the browser takes it") {
  const WebFolder folder;
  const RunningServer server(serving(folder));
  const auto get = [&](const std::string& accepts) {
    return server.ask("GET", "/assets/join-abc123.js", {}, {{"Accept-Encoding", accepts}});
  };
  const auto compressed = get("gzip, br;q=0.9");
  REQUIRE(compressed.body == "compressed");
  REQUIRE(compressed.headers.at("content-encoding") == "br");
  REQUIRE(compressed.headers.at("content-type") == "text/javascript; charset=utf-8");
  REQUIRE(compressed.headers.at("cache-control").find("immutable") != std::string::npos);
  REQUIRE(compressed.headers.at("vary") == "Accept-Encoding");
  for (const char* accepts : {"gzip", "br;q=0", "brotli"}) {
    CAPTURE(accepts);
    REQUIRE(get(accepts).body == "plain");
  }
  const auto tag = compressed.headers.at("etag");
  REQUIRE(server.ask("GET", "/assets/join-abc123.js", {}, {{"If-None-Match", tag}}).status == 304);
  const auto head = server.ask("HEAD", "/assets/join-abc123.js");
  REQUIRE(head.status == 200);
  REQUIRE(head.body.empty());
}

TEST_CASE("what asks for the old address of an icon gets the one there is") {
  const WebFolder folder;
  folder.write("favicon.svg", "<svg/>");
  const RunningServer server(serving(folder));
  const auto icon = server.ask("GET", "/favicon.ico");
  REQUIRE(icon.status == 200);
  REQUIRE(icon.body == "<svg/>");
  REQUIRE(icon.headers.at("content-type") == "image/svg+xml");
}

TEST_CASE("nothing outside the folder, and no built-in notes of it, is served") {
  const WebFolder folder;
  const RunningServer server(serving(folder));
  for (const char* target :
       {"/../etc/passwd", "/%2e%2e/etc/passwd", "/assets/../../etc/passwd", "/etc/passwd",
        "/csp.json", "/assets/join-abc123.js.br", "/index.html/", "/assets", "//"}) {
    CAPTURE(target);
    REQUIRE(server.ask("GET", target).status == 404);
  }
}

TEST_CASE("a person with a mistyped link gets the join page, a program a problem document") {
  const WebFolder folder;
  const RunningServer server(serving(folder));
  const auto page = server.ask("GET", "/7KQ4-M2X", {}, {{"Accept", "text/html,*/*"}});
  REQUIRE(page.status == 404);
  REQUIRE(page.body == "<!doctype html>index");
  REQUIRE(server.ask("GET", "/7KQ4-M2X").code() == "not_found");
}

TEST_CASE("S5 every answer carries the policy; a page its style hashes") {
  const WebFolder folder;
  const RunningServer server(serving(folder));
  for (const char* target : {"/", "/room", "/assets/join-abc123.js", "/nowhere",
                             "/api/v1/templates", "/api/v1/workshops/x"}) {
    CAPTURE(target);
    const auto reply = server.ask("GET", target);
    const auto& policy = reply.headers.at("content-security-policy");
    REQUIRE(policy.rfind("default-src 'none'; script-src 'self';", 0) == 0);
    REQUIRE(policy.find("unsafe") == std::string::npos);
    REQUIRE(reply.headers.at("x-content-type-options") == "nosniff");
    REQUIRE(reply.headers.at("referrer-policy") == "no-referrer");
    REQUIRE(reply.headers.at("cross-origin-opener-policy") == "same-origin");
    REQUIRE(reply.headers.at("cross-origin-resource-policy") == "same-origin");
    REQUIRE(reply.headers.count("permissions-policy") == 1);
  }
  const auto of = [&](const char* target) {
    return server.ask("GET", target).headers.at("content-security-policy");
  };
  REQUIRE(of("/room").find("'sha256-AAA='") != std::string::npos);
  REQUIRE(of("/room").find("trusted-types rundbord svelte-trusted-html") != std::string::npos);
  REQUIRE(of("/").find("sha256") == std::string::npos);
}

TEST_CASE("a client that cannot be read is said at start") {
  const WebFolder folder;
  folder.write("csp.json", "{");
  log::MemoryLog log;
  ServerOptions options = serving(folder);
  options.listen.port = 0;
  Server server(log, std::move(options));
  const auto failure = server.run();
  REQUIRE(failure);
  REQUIRE(failure->code == "web_unreadable");
}
