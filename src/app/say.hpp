// Words to the person at the command line: errors are one sentence on standard error. Any thread.
#pragma once
#include <string_view>

namespace rundbord::app {

inline constexpr int wrong_usage = 2;  // exit code; a failure is 1

void say_error(std::string_view sentence);
// The same; returns exit code 1.
int fail(std::string_view sentence);

}  // namespace rundbord::app
