// The result of a workshop from its state: what documents and revisions show. Pure, any thread.
#pragma once
#include <optional>

#include "archive/fold.hpp"
#include "domain/result.hpp"

namespace rundbord::archive {

struct ResultOptions {
  std::optional<int> sitting;      // nothing: all
  std::optional<RoomNumber> room;  // nothing: all
  bool names = true;
};

// Private notes that were not revealed and deleted notes are left out. With a sitting, what belongs
// to no task is in it too: nothing may be in no archive.
Result make_result(const Folded& folded, const ResultOptions& options);

}  // namespace rundbord::archive
