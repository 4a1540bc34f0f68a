// Commits as the log stores them (SPEC LG1): a header without free text, and the texts beside it.
// Pure functions, any thread.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/events_text.hpp"

namespace rundbord::protocol {

struct Commit {
  std::uint64_t seq = 0;
  Time at;
  CommandId command;
  std::optional<SeatId> seat;  // who asked for it; nothing: organiser, server, or never stored
  std::vector<Event> events;
};

struct StoredForm {
  std::string header;
  std::vector<std::string> texts;
};

StoredForm encode_commit(const Commit& commit);
// A sentence when it cannot be read: damage, or a newer format.
std::variant<Commit, std::string> decode_commit(
    const std::string& header, const std::vector<std::optional<std::string>>& texts);

}  // namespace rundbord::protocol
