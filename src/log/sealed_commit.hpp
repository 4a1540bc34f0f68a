// A commit as every engine stores it: header with text hashes, salted texts, its place in the
// chain. Made from a draft by the engine that owns the stream. Pure, any thread.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "log/chain.hpp"
#include "log/event_log.hpp"

namespace rundbord::log {

// The end of a stream: what the next commit must follow.
struct Head {
  std::uint64_t seq = 0;
  Hash chain{};
};

// Of a stream that has nothing stored yet.
Head first_head(const WorkshopId& workshop);

struct SealedText {
  Salt salt;
  std::string text;
  bool erased = false;  // then both are without meaning
};

struct SealedCommit {
  std::uint64_t seq = 0;
  std::string header;
  std::vector<SealedText> texts;
  Hash chain{};
};

// Throws std::logic_error for a header that is no object, too long, or already holds text hashes.
void require_well_formed(const Append& append);
// Whether the drafts follow `head` and each other without a gap.
bool follows(const Head& head, const std::vector<CommitDraft>& drafts);
// Draws one salt for each text. The draft's texts are moved out.
SealedCommit seal(CommitDraft& draft, const Hash& previous, const SaltSource& salts);

}  // namespace rundbord::log
