#include "archive/revision.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "archive/append_and_wait.hpp"
#include "archive/result.hpp"
#include "log/chain.hpp"
#include "protocol/log_codec.hpp"
#include "protocol/result_codec.hpp"

namespace rundbord::archive {
namespace {

constexpr auto table = "revision";

std::string row_key(const RevisionKey& key) {
  return to_text(key.workshop) + '/' + std::to_string(key.sitting) + '/' +
         std::to_string(key.revision);
}

// What the chain says of the workshop's revisions.
struct Chained {
  struct Revision {
    std::uint64_t seq = 0;  // of the commit that asked for it
    std::string checksum;   // the newest; empty: not sealed yet
    std::string replaced;   // the first, when it was redacted since
  };
  std::map<std::pair<int, int>, Revision> revisions;  // by sitting and number
  int erasures = 0;
  int erasures_finished = 0;

  void take(const protocol::WordlessCommit& commit) {
    for (const auto& [event, texts] : commit.events) take(event, commit.seq);
  }
  void take(const Event& event, std::uint64_t seq) {
    if (const auto* revised = std::get_if<SittingRevised>(&event)) {
      revisions[{revised->sitting, revised->revision}].seq = seq;
    } else if (const auto* sealed = std::get_if<RevisionSealed>(&event)) {
      revisions[{sealed->sitting, sealed->revision}].checksum = sealed->checksum;
    } else if (const auto* ordered = std::get_if<ErasureOrdered>(&event)) {
      erasures = ordered->erasure;
    } else if (const auto* finished = std::get_if<ErasureFinished>(&event)) {
      erasures_finished = finished->erasure;
      for (const auto& each : finished->revisions) redact(each);
    }
  }

 private:
  void redact(const RedactedRevision& redacted) {
    auto& revision = revisions[{redacted.sitting, redacted.revision}];
    if (revision.replaced.empty()) revision.replaced = revision.checksum;
    if (!revision.checksum.empty()) revision.checksum = redacted.checksum;
  }
};

Chained read_chained(log::EventLog& log, const WorkshopId& workshop) {
  Chained chained;
  log.read(workshop, 1, [&](const log::StoredCommit& stored) {
    // Few commits are about revisions; the others need not be decoded.
    const auto names = [&](std::string_view name) {
      return stored.header.find(name) != std::string::npos;
    };
    if (!names(SittingRevised::name) && !names(RevisionSealed::name) && !names("\"erasure_")) {
      return true;
    }
    const auto decoded = protocol::decode_without_words(stored.header);
    if (const auto* commit = std::get_if<protocol::WordlessCommit>(&decoded)) {
      chained.take(*commit);
    }
    return true;
  });
  return chained;
}

std::string name_of(const std::pair<int, int>& key) {
  return "revision " + std::to_string(key.second) + " of sitting " + std::to_string(key.first);
}

// Whether a body written before `redaction` may hold what it erases. Notes are told by their ids;
// for the rest it is made anew and compared.
bool may_hold(const std::string& body, const Erased& what) {
  const bool other = !what.people.empty() || !what.dissents.empty() || !what.texts.empty() ||
                     !what.room_names.empty() || !what.questions.empty();
  return other || std::any_of(what.notes.begin(), what.notes.end(), [&](const NoteId& note) {
           return body.find(to_text(note)) != std::string::npos;
         });
}

std::optional<int> newest_redaction(const std::string& body, std::uint64_t seq,
                                    const std::vector<Redaction>& redactions) {
  std::optional<int> newest;
  for (const auto& redaction : redactions) {
    if (redaction.seq > seq && may_hold(body, redaction.what)) newest = redaction.erasure;
  }
  return newest;
}

std::variant<std::string, Unreadable> make_body(log::EventLog& log, const RevisionKey& key,
                                                std::uint64_t seq) {
  const auto folded = fold(log, key.workshop, seq);
  if (const auto* unreadable = std::get_if<Unreadable>(&folded)) return *unreadable;
  return protocol::encode_result(make_result(std::get<Folded>(folded), {key.sitting, {}, true}));
}

// Whether a stored revision, its redactions aside, says what is made of the log today.
bool is_as_made(const std::string& body, const std::string& made) {
  const auto kept = protocol::without_redaction(body);
  return kept == made || kept == protocol::without_as_of(made);
}

bool store_body(log::EventLog& log, const RevisionKey& key, const std::string& body) {
  const auto stored = append_and_wait(log, {key.workshop, {}, {{table, row_key(key), body}}});
  return std::holds_alternative<log::Appended>(stored);
}

}  // namespace

std::string checksum_of(const std::string& bytes) {
  return log::to_hex(log::sha256(bytes));
}

std::variant<std::string, Unreadable> write_revision(log::EventLog& log, const RevisionKey& key,
                                                     std::uint64_t seq) {
  if (const auto body = read_revision(log, key)) return checksum_of(*body);
  auto made = make_body(log, key, seq);
  if (const auto* unreadable = std::get_if<Unreadable>(&made)) return *unreadable;
  const auto& body = std::get<std::string>(made);
  if (!store_body(log, key, body)) return Unreadable{"the revision could not be stored"};
  return checksum_of(body);
}

std::optional<std::string> read_revision(log::EventLog& log, const RevisionKey& key) {
  const auto row = log.row(table, row_key(key));
  return row ? std::optional(row->value) : std::nullopt;
}

std::variant<std::vector<RedactedRevision>, Unreadable> redact_revisions(
    log::EventLog& log, const WorkshopId& workshop, const std::vector<Redaction>& redactions) {
  std::vector<RedactedRevision> redacted;
  for (const auto& [key, revision] : read_chained(log, workshop).revisions) {
    const RevisionKey row{workshop, key.first, key.second};
    const auto body = read_revision(log, row);
    if (!body) continue;
    const auto erasure = newest_redaction(*body, revision.seq, redactions);
    if (!erasure) continue;
    auto made = make_body(log, row, revision.seq);
    if (const auto* unreadable = std::get_if<Unreadable>(&made)) return *unreadable;
    if (!is_as_made(*body, std::get<std::string>(made))) {
      const auto fresh = protocol::with_redaction(std::get<std::string>(std::move(made)), *erasure,
                                                  checksum_of(*body));
      if (!store_body(log, row, fresh)) return Unreadable{"a revision could not be redacted"};
      redacted.push_back({key.first, key.second, checksum_of(fresh)});
    } else if (checksum_of(*body) != revision.checksum && !revision.checksum.empty()) {
      // Redacted by an attempt that was interrupted before the chain could say so.
      redacted.push_back({key.first, key.second, checksum_of(*body)});
    }
  }
  return redacted;
}

RevisionFindings verify_revisions(log::EventLog& log) {
  RevisionFindings found;
  for (const auto& workshop : log.workshops()) {
    const auto chained = read_chained(log, workshop);
    const bool erasing = chained.erasures_finished < chained.erasures;
    if (erasing) {
      found.erased.push_back({workshop, 0, "an erasure is not finished; the server finishes it"});
    }
    for (const auto& [key, revision] : chained.revisions) {
      if (revision.checksum.empty()) continue;
      const auto body = read_revision(log, {workshop, key.first, key.second});
      const bool matches = body && checksum_of(*body) == revision.checksum;
      if (!matches && !(body && erasing && protocol::is_redacted(*body))) {
        found.broken.push_back(
            {workshop, 0, name_of(key) + (body ? " does not match its checksum" : " is missing")});
      } else if (!revision.replaced.empty()) {
        found.erased.push_back({workshop, 0,
                                name_of(key) + " is erased in part; its first form had checksum " +
                                    revision.replaced});
      }
    }
  }
  return found;
}

}  // namespace rundbord::archive
