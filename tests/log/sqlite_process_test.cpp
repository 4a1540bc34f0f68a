// Other processes: a reader beside the server, and a server killed in the middle of its work. The
// other process is this test program again, running one of the hidden test cases.
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

#include "catch.hpp"
#include "log/sqlite_backup.hpp"
#include "log/sqlite_log.hpp"
#include "log_fixture.hpp"

extern char** environ;

namespace rundbord::log {
namespace {

using Mode = SqliteOptions::Mode;
const auto a = workshop(1);
constexpr const char* folder_variable = "RUNDBORD_TEST_FOLDER";

// Runs one hidden test case with its standard output in a pipe.
class Child {
 public:
  Child(const char* test_case, const std::filesystem::path& folder) {
    ::setenv(folder_variable, folder.c_str(), 1);
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    output_ = ends[0];
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    std::string name = test_case;
    char program[] = "test_log";
    char strict[] = "--warn=NoTests";  // a misspelt name must not pass for a success
    char* arguments[] = {program, strict, name.data(), nullptr};
    const int failed =
        ::posix_spawn(&pid_, "/proc/self/exe", &actions, nullptr, arguments, environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (failed != 0) throw std::runtime_error("no child process");
  }
  ~Child() {
    if (pid_ > 0) kill_and_wait();
    ::close(output_);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // One line of its output; empty at the end.
  std::string line() {
    std::string text;
    char c = 0;
    while (::read(output_, &c, 1) == 1 && c != '\n') text += c;
    return text;
  }

  int wait() {
    int status = -1;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return status;
  }

  int kill_and_wait() {
    ::kill(pid_, SIGKILL);
    return wait();
  }

 private:
  pid_t pid_ = -1;
  int output_ = -1;
};

std::filesystem::path folder_from_parent() {
  const char* folder = ::getenv(folder_variable);
  if (!folder) throw std::runtime_error("this test case is run by another one");
  return folder;
}

TEST_CASE("child: works beside the server", "[.]") {
  const auto folder = folder_from_parent();
  CHECK(error_code([&] { SqliteLog second({folder}); }) == "data_in_use");
  SqliteLog log({folder, Mode::read});
  CHECK(log.last_seq(a) == 2);
  CHECK(read_all(log, a).size() == 2);
  CHECK(log.verify().empty());
  backup_sqlite(folder, folder / "copy");
}

TEST_CASE("child: appends without end and says what was answered", "[.]") {
  SqliteLog log({folder_from_parent()});
  for (auto seq = log.last_seq(a) + 1;; ++seq) {
    if (!is_stored(append_and_wait(log, commit(a, seq, {"text " + std::to_string(seq)})))) return;
    const auto line = "stored " + std::to_string(seq) + "\n";
    if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) return;
  }
}

TEST_CASE("sqlite: another process reads, verifies and backs up beside the server") {
  const TemporaryFolder folder;
  SqliteLog server({folder.path()});
  append_and_wait(server, commit(a, 1, {"one"}));
  append_and_wait(server, commit(a, 2, {"two"}));
  Child child("child: works beside the server", folder.path());
  while (!child.line().empty()) {
  }
  CHECK(child.wait() == 0);
  CHECK(std::filesystem::exists(folder.path() / "copy"));
  CHECK(is_stored(append_and_wait(server, commit(a, 3))));
}

TEST_CASE("sqlite: what was answered before kill -9 is there afterwards") {
  const TemporaryFolder folder;
  std::uint64_t answered = 0;
  for (int round = 0; round < 3; ++round) {
    Child child("child: appends without end and says what was answered", folder.path());
    for (int lines = 0; lines < 50;) {
      const auto line = child.line();
      REQUIRE_FALSE(line.empty());
      if (line.rfind("stored ", 0) != 0) continue;
      const auto seq = std::stoull(line.substr(7));
      CHECK(seq > answered);
      answered = seq;
      ++lines;
    }
    CHECK(WIFSIGNALED(child.kill_and_wait()));
    SqliteLog log({folder.path()});
    CHECK(log.last_seq(a) >= answered);
    CHECK(read_all(log, a).size() == log.last_seq(a));
    CHECK(log.verify().empty());
  }
  CHECK(answered >= 150);
}

}  // namespace
}  // namespace rundbord::log
