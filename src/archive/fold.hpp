// Reading a workshop from the log: its state and names as of a commit. For exports, revisions and
// search, beside a running server or without one. Any thread; slow for long histories.
#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <variant>

#include "domain/workshop.hpp"
#include "log/event_log.hpp"
#include "protocol/names_table.hpp"

namespace rundbord::archive {

struct Folded {
  Workshop workshop;
  protocol::Names names;  // as of now, not of the commit: a corrected name is corrected everywhere
  std::optional<ChainHash> chain{};  // of the last commit, `workshop.seq`
};
// A sentence: no such workshop, or a commit that cannot be read.
struct Unreadable {
  std::string sentence;
};

std::variant<Folded, Unreadable> fold(
    log::EventLog& log, const WorkshopId& workshop,
    std::uint64_t up_to = std::numeric_limits<std::uint64_t>::max());

}  // namespace rundbord::archive
