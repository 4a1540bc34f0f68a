// Immutable revisions of a closed sitting: the result as JSON with its checksum, in a row of its
// own beside the stream. Can be made again: the same log gives the same bytes. Any thread; slow.
#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "archive/fold.hpp"
#include "log/event_log.hpp"

namespace rundbord::archive {

struct RevisionKey {
  WorkshopId workshop;
  int sitting = 1;
  int revision = 1;
};

// SHA-256 of the bytes in lower-case hex, as `sha256sum` prints it.
std::string checksum_of(const std::string& bytes);

// Writes the revision's body from the log as of `seq`, unless it stands there already, and returns
// its checksum once the row is durable.
std::variant<std::string, Unreadable> write_revision(log::EventLog& log, const RevisionKey& key,
                                                     std::uint64_t seq);
std::optional<std::string> read_revision(log::EventLog& log, const RevisionKey& key);

// Every revision that was sealed must be there and match the checksum in the chain.
std::vector<log::Broken> verify_revisions(log::EventLog& log);

}  // namespace rundbord::archive
