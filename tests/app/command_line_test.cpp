// Goal: the binary says in one sentence what is wrong, with exit code 2 for wrong usage and 1 for
// failure, and nothing is half done. Runs the real binary.
#include <signal.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "catch.hpp"
#include "process/child.hpp"
#include "process/serving.hpp"
#include "source_dir.hpp"

using namespace rundbord::process;
namespace fs = std::filesystem;

namespace {

const std::vector<std::vector<std::string>> commands = {
    {"serve"},   {"replay"}, {"export"},   {"verify"},           {"backup"},
    {"restore"}, {"link"},   {"template"}, {"template", "check"}};

bool is_one_sentence(const std::string& error) {
  return std::count(error.begin(), error.end(), '\n') == 1 && error.rfind("rundbord: ", 0) == 0;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string write(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
  return file.string();
}

std::vector<std::string> serve_on(const std::string& address, const fs::path& folder) {
  return {"serve", "--data", folder.string(), "--listen", address, "--metrics", "off"};
}

void run_sql(const fs::path& database, const std::string& sql) {
  sqlite3* handle = nullptr;
  REQUIRE(sqlite3_open(database.c_str(), &handle) == SQLITE_OK);
  REQUIRE(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(handle);
}

}  // namespace

TEST_CASE("command line: every command has help with an example") {
  for (auto command : commands) {
    CAPTURE(command.back());
    command.push_back("--help");
    const auto help = run(command);
    CHECK(help.code == 0);
    CHECK(contains(help.out, "Example: rundbord " + command.front()));
  }
}

TEST_CASE("command line: wrong usage is exit code 2 and one sentence") {
  const auto arguments = GENERATE(
      as<std::vector<std::string>>{}, std::vector<std::string>{}, std::vector<std::string>{"dance"},
      std::vector<std::string>{"serve"},
      std::vector<std::string>{"serve", "--data", "d", "--hurry"},
      std::vector<std::string>{"serve", "--data", "d", "--listen", "everywhere"},
      std::vector<std::string>{"serve", "--data", "d", "--metrics", "9464"},
      std::vector<std::string>{"verify"}, std::vector<std::string>{"backup", "--data", "d"},
      std::vector<std::string>{"template"}, std::vector<std::string>{"template", "check"},
      std::vector<std::string>{"export", "x", "--data", "d", "--format", "gif"},
      std::vector<std::string>{"replay", "s.json", "--server", "http://127.0.0.1:1"},
      std::vector<std::string>{"replay", "s.json", "--server", "ftp:", "--data", "d"},
      std::vector<std::string>{"replay", "s.json", "--server", "http://127.0.0.1:1", "--data", "d",
                               "--speed", "fast"});
  const auto ended = run(arguments);
  CAPTURE(ended.err);
  CHECK(ended.code == 2);
  CHECK(is_one_sentence(ended.err));
  CHECK(ended.out.empty());
}

TEST_CASE("command line: a data folder that is not there fails, and is not made") {
  const TemporaryFolder folder;
  const auto missing = (folder.path() / "missing").string();
  const auto id = std::string(22, 'A');
  const auto arguments = GENERATE_COPY(
      as<std::vector<std::string>>{}, std::vector<std::string>{"verify", "--data", missing},
      std::vector<std::string>{"backup", "--data", missing, missing + ".backup"},
      std::vector<std::string>{"link", "--data", missing},
      std::vector<std::string>{"link", "--data", missing, "--workshop", id},
      std::vector<std::string>{"export", id, "--data", missing, "--format", "json"},
      std::vector<std::string>{"restore", missing, "--data", missing + "-2"});
  const auto ended = run(arguments);
  CAPTURE(ended.err);
  CHECK(ended.code == 1);
  CHECK(is_one_sentence(ended.err));
  CHECK_FALSE(fs::exists(missing));
}

TEST_CASE("command line: a template with an error is named with line and reason") {
  const TemporaryFolder folder;
  const auto file =
      write(folder.path() / "bad.toml", "id = \"bad\"\nversion = 1\nlabel = \"tent\"\n");
  const auto ended = run({"template", "check", file});
  CHECK(ended.code == 1);
  CHECK(contains(ended.err, "bad.toml:3:"));
  CHECK(contains(ended.err, "label"));
  CHECK(run({"template", "check", folder.path().string()}).code == 1);
}

TEST_CASE("command line: the templates we ship are good") {
  std::vector<std::string> arguments{"template", "check"};
  for (const auto& entry : fs::directory_iterator(source_dir() / "templates")) {
    if (entry.path().extension() == ".toml") arguments.push_back(entry.path().string());
  }
  REQUIRE(arguments.size() > 4);
  const auto ended = run(arguments);
  CAPTURE(ended.err);
  CHECK(ended.code == 0);
}

TEST_CASE("serve: says where it listens and its link, which link prints again; SIGTERM ends it") {
  const TemporaryFolder folder;
  Child server(serve_on("127.0.0.1:0", folder.path()));
  const auto ready = server.next_line().value_or("");
  CHECK(ready.rfind("listening on http://127.0.0.1:", 0) == 0);
  const auto told = server.next_line().value_or("");
  REQUIRE(told.rfind("server link: http://127.0.0.1:", 0) == 0);
  const auto link = run({"link", "--data", folder.path().string()});
  CHECK(link.code == 0);
  CHECK("server link: " + link.out == told + '\n');
  const auto secret = folder.path() / "server-link";
  CHECK((fs::status(secret).permissions() & fs::perms::mask) ==
        (fs::perms::owner_read | fs::perms::owner_write));
  const auto number = GENERATE(SIGTERM, SIGINT);
  server.signal(number);
  CHECK(server.wait() == 0);
}

TEST_CASE("serve: data in use, a taken port and data of another version are refused in words") {
  const TemporaryFolder folder;
  const TemporaryFolder other;
  Serving server(folder.path());
  SECTION("the data folder is in use") {
    const auto ended = run(serve_on("127.0.0.1:0", folder.path()));
    CAPTURE(ended.err);
    CHECK(ended.code == 1);
    CHECK(is_one_sentence(ended.err));
    CHECK(contains(ended.err, "Another"));
  }
  SECTION("the port is taken") {
    const auto ended = run(serve_on(server.address(), other.path()));
    CAPTURE(ended.err);
    CHECK(ended.code == 1);
    CHECK(is_one_sentence(ended.err));
    CHECK(contains(ended.err, server.address().substr(server.address().find(':') + 1)));
  }
  SECTION("the data are of another version") {
    CHECK(server.stop() == 0);
    run_sql(folder.path() / "rundbord.sqlite", "UPDATE meta SET value = '99' WHERE key = 'format'");
    const auto ended = run(serve_on("127.0.0.1:0", folder.path()));
    CAPTURE(ended.err);
    CHECK(ended.code == 1);
    CHECK(is_one_sentence(ended.err));
    CHECK(contains(ended.err, "99"));
  }
}

TEST_CASE("serve: options that cannot be used fail with their sentence") {
  const TemporaryFolder folder;
  const auto config = write(folder.path() / "bad.toml", "listen = \"127.0.0.1:0\"\nport = 1\n");
  const auto data = (folder.path() / "data").string();
  const auto arguments =
      GENERATE_COPY(as<std::vector<std::string>>{},
                    std::vector<std::string>{"serve", "--data", data, "--config", config},
                    std::vector<std::string>{"serve", "--data", data, "--config", data + ".toml"});
  const auto ended = run(arguments);
  CAPTURE(ended.err);
  CHECK(ended.code == 1);
  CHECK(is_one_sentence(ended.err));
}
