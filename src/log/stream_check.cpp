#include "log/stream_check.hpp"

#include <algorithm>
#include <utility>

namespace rundbord::log {
namespace {

// Nothing when the stored bytes have another length: they cannot be what was written.
template <class Bytes>
std::optional<Bytes> fixed(std::string_view found) {
  Bytes bytes;
  if (found.size() != bytes.size()) return std::nullopt;
  std::copy(found.begin(), found.end(), bytes.begin());
  return bytes;
}

std::string text_name(std::uint64_t n) {
  return "text " + std::to_string(n);
}

}  // namespace

void StreamCheck::commit(const FoundCommit& commit) {
  if (full()) return;
  if (workshop_ != commit.workshop) {
    workshop_ = commit.workshop;
    last_seq_ = 0;
    previous_ = {chain_start(commit.workshop)};
  }
  check_seq(commit);
  check_chain(commit);
  check_texts(commit);
  last_seq_ = commit.seq;
}

void StreamCheck::orphan(const WorkshopId& workshop, std::uint64_t seq, std::uint64_t n) {
  other({workshop, seq, text_name(n) + " is stored, but no commit names it."});
}

void StreamCheck::other(Broken broken) {
  if (!full()) found_.push_back(std::move(broken));
}

std::vector<Broken> StreamCheck::take() {
  if (full()) found_.back() = {{}, 0, "There is more damage than can be listed here."};
  return std::exchange(found_, {});
}

void StreamCheck::check_seq(const FoundCommit& commit) {
  if (commit.seq == last_seq_ + 1) return;
  report(commit, "the commit before this one is missing; the last one found is " +
                     std::to_string(last_seq_) + ".");
  previous_.clear();
}

void StreamCheck::check_chain(const FoundCommit& commit) {
  const auto stored = fixed<Hash>(commit.chain);
  const auto digest = commit_digest(commit.header);
  const bool fits = stored && std::any_of(previous_.begin(), previous_.end(), [&](auto& previous) {
                      return chain_next(previous, digest) == *stored;
                    });
  // After a gap there is nothing to compare with, and the gap was reported.
  if (!stored || (!fits && !previous_.empty())) {
    report(commit, "the header or the chain was changed: the chain does not fit the header.");
  }
  std::vector<Hash> next;
  if (stored) next.push_back(*stored);
  if (!fits) {
    for (const auto& previous : previous_) next.push_back(chain_next(previous, digest));
  }
  // One recomputed value is enough; a run of broken commits must not grow the list.
  if (next.size() > 2) next.resize(2);
  previous_ = std::move(next);
}

void StreamCheck::check_texts(const FoundCommit& commit) {
  const auto hashes = text_hashes_of(commit.header);
  std::vector<bool> seen(hashes.size(), false);
  for (const auto& text : commit.texts) {
    if (text.n >= hashes.size()) {
      orphan(commit.workshop, commit.seq, text.n);
      continue;
    }
    seen[text.n] = true;
    check_text(commit, text, hashes[text.n]);
  }
  for (std::size_t n = 0; n < seen.size(); ++n) {
    if (!seen[n]) report(commit, text_name(n) + " is missing.");
  }
}

void StreamCheck::check_text(const FoundCommit& commit, const FoundText& text,
                             const Hash& expected) {
  if (!text.salt && !text.text) return;
  const auto salt = text.salt ? fixed<Salt>(*text.salt) : std::nullopt;
  if (salt && text.text && text_hash(*salt, *text.text) == expected) return;
  report(commit, text_name(text.n) + " or its salt was changed: it does not fit its hash.");
}

void StreamCheck::report(const FoundCommit& commit, const std::string& what) {
  other({commit.workshop, commit.seq, what});
}

}  // namespace rundbord::log
