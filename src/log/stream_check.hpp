// Checks streams as they lie in storage: nothing missing, every chain and text hash right. Fed one
// commit after the other by an engine's verify(), which owns it; one thread.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "log/chain.hpp"
#include "log/event_log.hpp"

namespace rundbord::log {

// Bytes as found, of any length: they may be damaged. An erased text has neither salt nor text.
struct FoundText {
  std::uint64_t n = 0;
  std::optional<std::string> salt;
  std::optional<std::string> text;
};

struct FoundCommit {
  WorkshopId workshop;
  std::uint64_t seq = 0;
  std::string header;
  std::string chain;
  std::vector<FoundText> texts;  // in order of n
};

class StreamCheck {
 public:
  // In order of (workshop, seq).
  void commit(const FoundCommit& commit);
  // A text that stands beside no commit.
  void orphan(const WorkshopId& workshop, std::uint64_t seq, std::uint64_t n);
  // Whatever the engine found by its own means.
  void other(Broken broken);
  // Whether broken_max is reached and looking further is of no use.
  bool full() const { return found_.size() >= broken_max; }

  std::vector<Broken> take();

 private:
  void check_seq(const FoundCommit& commit);
  void check_chain(const FoundCommit& commit);
  void check_texts(const FoundCommit& commit);
  void check_text(const FoundCommit& commit, const FoundText& text, const Hash& expected);
  void report(const FoundCommit& commit, const std::string& what);

  std::vector<Broken> found_;
  std::optional<WorkshopId> workshop_;
  std::uint64_t last_seq_ = 0;
  // What the next commit may follow. The stored value and the recomputed one differ only after a
  // break; then either will do, so that one changed byte is reported once, where it is.
  std::vector<Hash> previous_;
};

}  // namespace rundbord::log
