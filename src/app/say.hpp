// Words to the person at the command line: errors are one sentence on standard error. Any thread.
#pragma once
#include <string_view>

namespace rundbord::app {

void say_error(std::string_view sentence);
// The same; returns exit code 1.
int fail(std::string_view sentence);

}  // namespace rundbord::app
