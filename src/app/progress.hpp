// How far long work has come: a bar that redraws itself on a terminal, a line for every twentieth
// otherwise; on standard error. Owned by the command that works; one thread.
#pragma once
#include <cstddef>
#include <string>

namespace rundbord::app {

class Progress {
 public:
  // `what` is counted, in the plural: "lines kept".
  Progress(std::size_t total, std::string what);
  ~Progress();

  void one_more();
  std::size_t done() const { return done_; }

 private:
  void draw() const;

  const std::size_t total_;
  const std::string what_;
  const bool on_terminal_;
  std::size_t done_ = 0;
};

}  // namespace rundbord::app
