// The slow work of the workshop host on what is stored of a workshop, one piece after the other,
// and erasing as a part of it.
#include <spdlog/spdlog.h>

#include "net/workshop_life.hpp"

namespace rundbord::net {
namespace {

constexpr Duration erasure_retry_after = std::chrono::seconds(10);

}  // namespace

void WorkshopHost::erase_words(const WorkshopId& id, int erasure) {
  auto result = std::make_shared<ErasureResult>(RevisionFailed{});
  in_turn(
      id, [this, id, result] { *result = options_.erase_words(id); },
      [this, id, erasure, result] { words_erased(id, erasure, *result); });
}

// A workshop that is not alive any more asks again when it is.
void WorkshopHost::words_erased(const WorkshopId& id, int erasure, const ErasureResult& result) {
  Live* live = find(id);
  if (!live || shutting_down_) return;
  if (const auto* failed = std::get_if<RevisionFailed>(&result)) {
    spdlog::error("words of workshop {} are not erased yet: {}", to_text(id), failed->sentence);
    return loop_.after(erasure_retry_after, [this, id, erasure] {
      if (find(id)) erase_words(id, erasure);
    });
  }
  const FinishErasure finish{erasure, std::get<std::vector<RedactedRevision>>(result)};
  submit(id, ByServer{}, Command{finish}, [id](Outcome outcome) {
    if (const auto* refused = std::get_if<Rejection>(&outcome)) {
      spdlog::warn("an erasure in workshop {} was not finished: {}", to_text(id),
                   code_name(refused->code));
    }
  });
}

void WorkshopHost::in_turn(const WorkshopId& id, std::function<void()> work,
                           std::function<void()> after) {
  auto& turns = turns_[id];
  turns.push_back({std::move(work), std::move(after)});
  if (turns.size() == 1) next_in_turn(id);
}

void WorkshopHost::next_in_turn(const WorkshopId& id) {
  loop_.in_pool(turns_.at(id).front().work, [this, id] {
    const auto after = std::move(turns_.at(id).front().after);
    after();
    auto& turns = turns_.at(id);
    turns.pop_front();
    if (turns.empty()) {
      turns_.erase(id);
    } else {
      next_in_turn(id);
    }
  });
}

}  // namespace rundbord::net
