// A snapshot as engines store it: with the history it belongs to, behind a checksum, so that what a
// stopped machine or a failing disk left of it is noticed. Pure functions, any thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "log/event_log.hpp"

namespace rundbord::log {

std::string pack_snapshot(std::string_view history, const StateSnapshot& snapshot);
// Nothing for other bytes, and for those of another history.
std::optional<StateSnapshot> unpack_snapshot(std::string_view history, std::string_view bytes);

}  // namespace rundbord::log
