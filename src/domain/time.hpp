// Time as values: the domain never asks a clock, the time comes with each command.
#pragma once
#include <chrono>

namespace rundbord {

using Duration = std::chrono::milliseconds;
// Milliseconds since 1970-01-01T00:00Z, as the server saw it.
using Time = std::chrono::sys_time<Duration>;

}  // namespace rundbord
