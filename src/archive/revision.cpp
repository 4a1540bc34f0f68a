#include "archive/revision.hpp"

#include <future>

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

// Waits for the log; an append calls back exactly once.
log::AppendResult append_and_wait(log::EventLog& log, log::Append append) {
  std::promise<log::AppendResult> stored;
  auto result = stored.get_future();
  log.append(std::move(append), [&](const log::AppendResult& done) { stored.set_value(done); });
  return result.get();
}

std::vector<RevisionSealed> sealed_revisions(log::EventLog& log, const WorkshopId& workshop) {
  std::vector<RevisionSealed> sealed;
  log.read(workshop, 1, [&](const log::StoredCommit& stored) {
    // Few commits seal a revision; the others need not be decoded.
    if (stored.header.find(RevisionSealed::name) == std::string::npos) return true;
    const auto decoded = protocol::decode_commit(stored.header, stored.texts);
    if (const auto* commit = std::get_if<protocol::Commit>(&decoded)) {
      for (const auto& event : commit->events) {
        if (const auto* seal = std::get_if<RevisionSealed>(&event)) sealed.push_back(*seal);
      }
    }
    return true;
  });
  return sealed;
}

}  // namespace

std::string checksum_of(const std::string& bytes) {
  return log::to_hex(log::sha256(bytes));
}

std::variant<std::string, Unreadable> write_revision(log::EventLog& log, const RevisionKey& key,
                                                     std::uint64_t seq) {
  if (const auto body = read_revision(log, key)) return checksum_of(*body);
  const auto folded = fold(log, key.workshop, seq);
  if (const auto* unreadable = std::get_if<Unreadable>(&folded)) return *unreadable;
  const auto body =
      protocol::encode_result(make_result(std::get<Folded>(folded), {key.sitting, {}, true}));
  const auto stored = append_and_wait(log, {key.workshop, {}, {{table, row_key(key), body}}});
  if (std::holds_alternative<log::AppendError>(stored)) {
    return Unreadable{"the revision could not be stored"};
  }
  return checksum_of(body);
}

std::optional<std::string> read_revision(log::EventLog& log, const RevisionKey& key) {
  const auto row = log.row(table, row_key(key));
  return row ? std::optional(row->value) : std::nullopt;
}

std::vector<log::Broken> verify_revisions(log::EventLog& log) {
  std::vector<log::Broken> broken;
  for (const auto& workshop : log.workshops()) {
    for (const auto& sealed : sealed_revisions(log, workshop)) {
      const auto body = read_revision(log, {workshop, sealed.sitting, sealed.revision});
      if (body && checksum_of(*body) == sealed.checksum) continue;
      broken.push_back({workshop, 0,
                        "revision " + std::to_string(sealed.revision) + " of sitting " +
                            std::to_string(sealed.sitting) +
                            (body ? " does not match its checksum" : " is missing")});
    }
  }
  return broken;
}

}  // namespace rundbord::archive
