// Carrying out what a workshop's log orders to be erased: texts and salts, names, and the revisions
// that held them. Can be run again at any time; what is gone already stays gone. Any thread; slow.
#pragma once
#include <optional>
#include <variant>
#include <vector>

#include "archive/erasure_list.hpp"
#include "archive/fold.hpp"
#include "domain/erased.hpp"
#include "log/event_log.hpp"

namespace rundbord::archive {

// Returns when no byte of the words is left in what the log stores; the revisions that held them
// stand redacted. First everything is added to `list` (null: there is none). Throws log::LogError.
std::variant<std::vector<RedactedRevision>, Unreadable> erase_words(log::EventLog& log,
                                                                    const WorkshopId& workshop,
                                                                    ErasureList* list);

// After an older backup was restored: orders and carries out what the list names and the log does
// not know of. Returns how many erasures that were. Throws log::LogError.
std::size_t erase_again(log::EventLog& log, const std::vector<ErasureRecord>& records, Time now);

}  // namespace rundbord::archive
