// What the commands were answered that wrote nothing, so that a repeat, from a line that was
// thought lost, gets no other answer: what was refused is not done after all. Owned by a live
// workshop; one thread.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <utility>

#include "domain/ids.hpp"
#include "domain/rejection.hpp"

namespace rundbord::engine {

// Repeats come within minutes: from those who are connected, of what they await an answer for.
inline constexpr std::size_t answers_kept_max = 20'000;

struct AnswerKept {
  std::uint64_t seq = 0;             // of the state it was decided on
  std::optional<Rejection> refused;  // nothing: there was nothing to do
};

class AnswersKept {
 public:
  void keep(const CommandId& id, AnswerKept answer) {
    if (!answers_.emplace(id, std::move(answer)).second) return;
    oldest_first_.push_back(id);
    if (oldest_first_.size() <= answers_kept_max) return;
    answers_.erase(oldest_first_.front());
    oldest_first_.pop_front();
  }
  const AnswerKept* find(const CommandId& id) const {
    const auto found = answers_.find(id);
    return found == answers_.end() ? nullptr : &found->second;
  }

 private:
  // Ordered: clients draw these ids, and could draw them so that a hash table becomes a list.
  std::map<CommandId, AnswerKept> answers_;
  std::deque<CommandId> oldest_first_;
};

}  // namespace rundbord::engine
