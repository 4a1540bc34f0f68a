#include "app/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace rundbord::app {
namespace {

constexpr std::size_t bar_width = 32;
constexpr std::size_t parts_told = 20;

}  // namespace

Progress::Progress(std::size_t total, std::string what)
    : total_(total), what_(std::move(what)), on_terminal_(::isatty(STDERR_FILENO) == 1) {
  if (on_terminal_) draw();
}

Progress::~Progress() {
  if (on_terminal_) std::cerr << '\n';
}

void Progress::one_more() {
  ++done_;
  const auto part = [this](std::size_t done) { return done * parts_told / total_; };
  if (on_terminal_ || part(done_) != part(done_ - 1)) draw();
}

void Progress::draw() const {
  auto line = std::to_string(done_) + " of " + std::to_string(total_) + ' ' + what_;
  if (!on_terminal_) {
    std::cerr << line + '\n' << std::flush;
    return;
  }
  const auto filled = total_ == 0 ? bar_width : std::min(bar_width, done_ * bar_width / total_);
  std::string bar;
  for (std::size_t i = 0; i < bar_width; ++i) bar += i < filled ? "█" : "░";
  std::cerr << '\r' + bar + ' ' + line << std::flush;
}

}  // namespace rundbord::app
