#include "log/sealed_commit.hpp"

#include <stdexcept>
#include <utility>

namespace rundbord::log {

void require_well_formed(const Append& append) {
  for (const auto& draft : append.commits) {
    const auto& header = draft.header;
    if (header.size() < 2 || header.front() != '{' || header.back() != '}') {
      throw std::logic_error("a commit's header must be a JSON object");
    }
    if (header.size() > header_bytes_max) throw std::logic_error("a commit's header is too long");
    if (!text_hashes_of(header).empty()) {
      throw std::logic_error("text_hashes is for the log to write, not for its caller");
    }
  }
}

Head first_head(const WorkshopId& workshop) {
  return {0, chain_start(workshop)};
}

bool follows(const Head& head, const std::vector<CommitDraft>& drafts) {
  auto expected = head.seq + 1;
  for (const auto& draft : drafts) {
    if (draft.seq != expected++) return false;
  }
  return true;
}

SealedCommit seal(CommitDraft& draft, const Hash& previous, const SaltSource& salts) {
  SealedCommit sealed;
  sealed.seq = draft.seq;
  std::vector<Hash> hashes;
  for (auto& text : draft.texts) {
    sealed.texts.push_back({salts(), std::move(text), false});
    hashes.push_back(text_hash(sealed.texts.back().salt, sealed.texts.back().text));
  }
  sealed.header = seal_header(draft.header, hashes);
  sealed.chain = chain_next(previous, commit_digest(sha256(draft.header), hashes));
  return sealed;
}

}  // namespace rundbord::log
