#include "process/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace rundbord::process {
namespace {

constexpr int silent_ms_max = 60'000;

struct Pipe {
  int read = -1;
  int write = -1;
};

Pipe open_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  return {ends[0], ends[1]};
}

[[noreturn]] void become(const std::string& program, const std::vector<std::string>& arguments,
                         int out, int err) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  std::vector<char*> words{const_cast<char*>(program.c_str())};
  for (const auto& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  ::execv(program.c_str(), words.data());
  ::_exit(127);
}

}  // namespace

Child::Child(const std::vector<std::string>& arguments) : Child(RUNDBORD_BINARY, arguments) {}

Child::Child(const std::string& program, const std::vector<std::string>& arguments) {
  const auto out = open_pipe();
  const auto err = open_pipe();
  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error("no process");
  if (pid_ == 0) become(program, arguments, out.write, err.write);
  ::close(out.write);
  ::close(err.write);
  out_.descriptor = out.read;
  err_.descriptor = err.read;
}

Child::~Child() {
  if (code_) return;
  signal(SIGKILL);
  wait();
}

void Child::signal(int number) {
  if (!code_) ::kill(pid_, number);
}

int Child::wait() {
  if (code_) return *code_;
  int status = 0;
  if (::waitpid(pid_, &status, 0) != pid_) throw std::runtime_error("the child is not ours");
  code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return *code_;
}

Child::Lines::~Lines() {
  if (descriptor >= 0) ::close(descriptor);
}

std::optional<std::string> Child::Lines::next_line() {
  for (;;) {
    if (const auto end = rest_.find('\n'); end != std::string::npos) {
      auto line = rest_.substr(0, end);
      rest_.erase(0, end + 1);
      return line;
    }
    pollfd wanted{descriptor, POLLIN, 0};
    if (::poll(&wanted, 1, silent_ms_max) == 0) throw std::runtime_error("the child says nothing");
    std::array<char, 4096> bytes;
    const auto size = ::read(descriptor, bytes.data(), bytes.size());
    if (size > 0) {
      rest_.append(bytes.data(), static_cast<std::size_t>(size));
    } else if (rest_.empty()) {
      return std::nullopt;
    } else {
      return std::exchange(rest_, {});
    }
  }
}

Ended run(const std::vector<std::string>& arguments) {
  Child child(arguments);
  Ended ended;
  while (const auto line = child.next_line()) ended.out += *line + '\n';
  while (const auto line = child.next_error_line()) ended.err += *line + '\n';
  ended.code = child.wait();
  return ended;
}

}  // namespace rundbord::process
