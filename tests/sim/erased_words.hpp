// Which words the log orders to be erased, known by the marks in them: whatever a simulated person
// words anew has a mark of its own. Owned by the truth; one thread.
#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/workshop.hpp"
#include "protocol/log_codec.hpp"

namespace rundbord::sim {

// A mark is this sign and an id. A note's words have the note's own id, so that it is known
// wherever they turn up.
inline constexpr std::string_view mark_sign = "~~";

std::vector<std::string> marks_in(std::string_view words);

class ErasedWords {
 public:
  // Before the commit is folded into `workshop`.
  void take(const protocol::Commit& commit, const Workshop& workshop);
  // What the row of a seat's name says after a commit.
  void take_name(const SeatId& seat, const std::string& row);

  // The erasure a commit ordered; 0: none.
  int ordered_by(std::uint64_t seq) const;
  int finished() const { return finished_; }
  std::size_t messages() const { return messages_; }
  // Whether the mark stood in words that are erased and gone, as the log says.
  bool is_gone(const std::string& mark) const { return gone_.count(mark) > 0; }
  // The first such mark in these words; empty: there is none.
  std::string gone_in(std::string_view words) const;

 private:
  void learn(const std::string& what, const Text& words);
  void learn(const std::string& what, const LocalText& words);
  void learn(const Event& event, const Workshop& workshop);
  void learn_organisation(const Text& words, const NoteId& note,
                          const std::vector<std::optional<SeatId>>& people);
  void order(const ErasureOrdered& ordered, std::uint64_t seq);

  std::map<std::string, std::set<std::string>> marks_of_;  // "note <id>", "name <seat>", …
  std::map<int, std::set<std::string>> ordered_;           // not finished
  std::map<std::uint64_t, int> ordered_by_;
  std::set<std::string> gone_;
  int finished_ = 0;
  std::size_t messages_ = 0;
};

}  // namespace rundbord::sim
