#include "archive/erasure.hpp"

#include <algorithm>

#include "archive/append_and_wait.hpp"
#include "archive/erasure_scope.hpp"
#include "archive/revision.hpp"
#include "domain/decide.hpp"
#include "domain/evolve.hpp"
#include "protocol/log_codec.hpp"
#include "protocol/names_table.hpp"

namespace rundbord::archive {
namespace {

// Calls visit(commit) for every commit of the stream; a sentence when one cannot be read.
template <class Visit>
std::optional<Unreadable> each_commit(log::EventLog& log, const WorkshopId& workshop, Visit visit) {
  std::optional<Unreadable> damage;
  log.read(workshop, 1, [&](const log::StoredCommit& stored) {
    const auto decoded = protocol::decode_without_words(stored.header);
    if (const auto* reason = std::get_if<std::string>(&decoded)) {
      damage = Unreadable{"commit " + std::to_string(stored.seq) + ": " + *reason};
      return false;
    }
    visit(std::get<protocol::WordlessCommit>(decoded), stored);
    return true;
  });
  return damage;
}

std::vector<ErasureRecord> records_of(const WorkshopId& workshop, const ErasureScope& scope) {
  std::vector<ErasureRecord> records;
  for (const auto& order : scope.orders()) {
    records.push_back(order.record);
    records.back().workshop = workshop;
  }
  return records;
}

void require_stored(const log::AppendResult& result) {
  const auto* error = std::get_if<log::AppendError>(&result);
  if (!error) return;
  const bool full = *error == log::AppendError::disk_full;
  throw log::LogError{full ? "disk_full" : "io_error", "What is erased could not be written."};
}

std::variant<std::vector<RedactedRevision>, Unreadable> redact(log::EventLog& log,
                                                               const WorkshopId& workshop,
                                                               const ErasureScope& scope) {
  std::vector<Redaction> redactions;
  for (const auto& order : scope.orders()) {
    redactions.push_back({order.seq, order.erasure, *order.record.what});
  }
  return redact_revisions(log, workshop, redactions);
}

// One order, given to the workshop as its log stands and appended to it.
void order_again(log::EventLog& log, const ErasureRecord& record, Time now) {
  const auto folded = fold(log, record.workshop);
  if (const auto* unreadable = std::get_if<Unreadable>(&folded)) {
    throw log::LogError{"damaged", unreadable->sentence};
  }
  const auto& head = std::get<Folded>(folded).workshop;
  auto decision = decide(head, EraseAgain{*record.what}, Context{now, ByServer{}, std::nullopt});
  auto* decided = std::get_if<Decided>(&decision);
  if (!decided || decided->events.empty()) return;
  const protocol::Commit commit{head.seq + 1, now, record.command, std::nullopt, decided->events};
  auto form = protocol::encode_commit(commit);
  log::Append append{record.workshop, {}, {}};
  append.commits.push_back({commit.seq, std::move(form.header), std::move(form.texts)});
  for (const auto& name : decided->names) {
    append.rows.push_back(
        {"name", protocol::name_row_key(record.workshop, name.seat), std::nullopt});
  }
  require_stored(append_and_wait(log, std::move(append)));
}

bool knows(log::EventLog& log, const ErasureRecord& record) {
  bool found = false;
  each_commit(log, record.workshop, [&](const protocol::WordlessCommit& commit, const auto&) {
    found = found || commit.command == record.command;
  });
  return found;
}

}  // namespace

std::variant<std::vector<RedactedRevision>, Unreadable> erase_words(log::EventLog& log,
                                                                    const WorkshopId& workshop,
                                                                    ErasureList* list) {
  ErasureScope scope;
  auto damage =
      each_commit(log, workshop, [&](const auto& commit, const auto&) { scope.learn(commit); });
  if (damage) return *damage;
  if (list) list->add(records_of(workshop, scope));
  log.drop_snapshot(workshop);
  log::Append erasing{workshop, {}, {}};
  damage = each_commit(log, workshop, [&](const auto& commit, const log::StoredCommit& stored) {
    for (const auto& text : scope.texts_to_erase(commit)) {
      if (text.n < stored.texts.size() && stored.texts[text.n]) erasing.erased.push_back(text);
    }
  });
  if (damage) return *damage;
  require_stored(append_and_wait(log, std::move(erasing)));
  auto redacted = redact(log, workshop, scope);
  log.drop_snapshot(workshop);  // one that was begun meanwhile may hold the words
  log.scrub();
  return redacted;
}

std::size_t erase_again(log::EventLog& log, const std::vector<ErasureRecord>& records, Time now) {
  std::size_t done = 0;
  std::vector<WorkshopId> touched;
  for (const auto& record : records) {
    if (log.last_seq(record.workshop) == 0) continue;
    if (!record.what) {
      log.remove(record.workshop);
      ++done;
      continue;
    }
    if (knows(log, record)) continue;
    order_again(log, record, now);
    touched.push_back(record.workshop);
    ++done;
  }
  for (const auto& workshop : touched) {
    if (log.last_seq(workshop) == 0) continue;  // deleted by a later line
    const auto erased = erase_words(log, workshop, nullptr);
    if (const auto* unreadable = std::get_if<Unreadable>(&erased)) {
      throw log::LogError{"damaged", unreadable->sentence};
    }
  }
  return done;
}

}  // namespace rundbord::archive
