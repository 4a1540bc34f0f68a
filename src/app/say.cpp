#include "app/say.hpp"

#include <iostream>
#include <string>

namespace rundbord::app {

// One line, written at once: a reader of the other end sees it whole.
void say_error(std::string_view sentence) {
  std::string line = "rundbord: ";
  for (const char c : sentence) line += c == '\n' ? ' ' : c;
  std::cerr << line + '\n' << std::flush;
}

int fail(std::string_view sentence) {
  say_error(sentence);
  return 1;
}

}  // namespace rundbord::app
