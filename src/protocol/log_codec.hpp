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

// A text beside a commit's header.
struct TextNumber {
  std::size_t n = 0;
  bool is_name = false;  // of an organisation or a room, not a sentence
};
struct WordlessEvent {
  Event event;  // its words read as erased
  std::vector<TextNumber> texts;
};
struct WordlessCommit {
  std::uint64_t seq = 0;
  Time at;
  CommandId command;
  std::vector<WordlessEvent> events;
};
// Which texts belong to which event, read from the header alone. A sentence as above.
std::variant<WordlessCommit, std::string> decode_without_words(const std::string& header);

}  // namespace rundbord::protocol
