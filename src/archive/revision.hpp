// Immutable revisions of a closed sitting: the result as JSON with its checksum, in a row of its
// own beside the stream. Can be made again: the same log gives the same bytes. Any thread; slow.
#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "archive/fold.hpp"
#include "domain/erased.hpp"
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

// An order to erase, as it concerns the revisions made before it.
struct Redaction {
  std::uint64_t seq = 0;  // of the commit that gave it
  int erasure = 0;
  Erased what;
};

// Writes each revision anew that held what was erased: the same result as of the same commit, the
// erased words marked as such, people named as they are now; the first checksum stays in the chain.
// To be run when the texts are gone. Can be run again.
std::variant<std::vector<RedactedRevision>, Unreadable> redact_revisions(
    log::EventLog& log, const WorkshopId& workshop, const std::vector<Redaction>& redactions);

struct RevisionFindings {
  std::vector<log::Broken> broken;
  std::vector<log::Broken> erased;  // nothing is wrong with these; they are named all the same
};
// Every revision that was sealed must be there and match the newest checksum in the chain.
RevisionFindings verify_revisions(log::EventLog& log);

}  // namespace rundbord::archive
