// The real binary as a child of the test: started, read line by line, signalled, waited for. Owned
// by the test; its thread. A child that says nothing for a minute fails the test.
#pragma once
#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace rundbord::process {

class Child {
 public:
  // Of the binary; it dies with the test.
  explicit Child(const std::vector<std::string>& arguments);
  // Of another program, by its path.
  Child(const std::string& program, const std::vector<std::string>& arguments);
  ~Child();  // kills it if it still runs
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Without the newline; nothing at the end of the stream. Throws std::runtime_error when neither
  // comes within a minute.
  std::optional<std::string> next_line() { return out_.next_line(); }
  std::optional<std::string> next_error_line() { return err_.next_line(); }

  void signal(int number);
  // The exit code, or 128 and the signal's number.
  int wait();
  pid_t pid() const { return pid_; }

 private:
  class Lines {
   public:
    ~Lines();
    std::optional<std::string> next_line();
    int descriptor = -1;

   private:
    std::string rest_;
  };

  pid_t pid_ = -1;
  std::optional<int> code_;
  Lines out_;
  Lines err_;
};

struct Ended {
  int code = -1;
  std::string out;
  std::string err;
};
// Runs the binary to its end. Meant for commands whose errors fit a pipe.
Ended run(const std::vector<std::string>& arguments);

}  // namespace rundbord::process
