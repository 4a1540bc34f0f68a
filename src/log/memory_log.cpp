#include "log/memory_log.hpp"

#include "log/stream_check.hpp"

namespace rundbord::log {
namespace {

StoredCommit as_stored(const SealedCommit& sealed) {
  StoredCommit stored{sealed.seq, sealed.header, {}, sealed.chain, {}};
  for (const auto& text : sealed.texts) {
    stored.texts.push_back(text.erased ? std::nullopt : std::optional(text.text));
    stored.salts.push_back(text.erased ? Salt{} : text.salt);
  }
  return stored;
}

FoundCommit as_found(const WorkshopId& workshop, const SealedCommit& sealed) {
  FoundCommit found{workshop,
                    sealed.seq,
                    sealed.header,
                    std::string(sealed.chain.begin(), sealed.chain.end()),
                    {}};
  for (std::size_t n = 0; n < sealed.texts.size(); ++n) {
    const auto& text = sealed.texts[n];
    if (text.erased) {
      found.texts.push_back({n, std::nullopt, std::nullopt});
      continue;
    }
    found.texts.push_back({n, std::string(text.salt.begin(), text.salt.end()), text.text});
  }
  return found;
}

}  // namespace

MemoryLog::MemoryLog(SaltSource salts, std::string history)
    : salts_(std::move(salts)), history_(std::move(history)) {}

void MemoryLog::append(Append append, AppendDone done) {
  require_well_formed(append);
  // Called without the lock: `done` may append again.
  done(store(append));
}

AppendResult MemoryLog::store(Append& append) {
  const std::lock_guard lock(mutex_);
  if (closed_) return AppendError::closed;
  const auto stream = streams_.find(append.workshop);
  auto head = first_head(append.workshop);
  if (stream != streams_.end()) head = {stream->second.back().seq, stream->second.back().chain};
  if (!follows(head, append.commits)) return AppendError::wrong_seq;
  Appended appended;
  for (auto& draft : append.commits) {
    auto sealed = seal(draft, head.chain, salts_);
    head = {sealed.seq, sealed.chain};
    appended.seq = head.seq;
    appended.chains.push_back(head.chain);
    streams_[append.workshop].push_back(std::move(sealed));
  }
  for (auto& write : append.rows) write_row(append.workshop, write);
  for (const auto& text : append.erased) erase(append.workshop, text);
  return appended;
}

void MemoryLog::erase(const WorkshopId& workshop, const TextAt& at) {
  const auto stream = streams_.find(workshop);
  if (stream == streams_.end()) return;
  // Streams have no gaps: commit 1 stands first.
  if (at.seq < 1 || at.seq > stream->second.size()) return;
  auto& texts = stream->second[at.seq - 1].texts;
  if (at.n < texts.size()) texts[at.n] = {{}, {}, true};
}

void MemoryLog::write_row(const WorkshopId& workshop, RowWrite& write) {
  const RowKey key{write.table, write.key};
  if (!write.value) {
    rows_.erase(key);
    return;
  }
  rows_[key] = Row{workshop, std::move(write.key), std::move(*write.value)};
}

void MemoryLog::read(const WorkshopId& workshop, std::uint64_t from,
                     const std::function<bool(const StoredCommit&)>& visit) {
  std::vector<StoredCommit> found;
  {
    const std::lock_guard lock(mutex_);
    const auto stream = streams_.find(workshop);
    if (stream == streams_.end()) return;
    for (const auto& sealed : stream->second) {
      if (sealed.seq >= from) found.push_back(as_stored(sealed));
    }
  }
  for (const auto& commit : found) {
    if (!visit(commit)) return;
  }
}

std::uint64_t MemoryLog::last_seq(const WorkshopId& workshop) {
  const std::lock_guard lock(mutex_);
  const auto stream = streams_.find(workshop);
  return stream == streams_.end() ? 0 : stream->second.back().seq;
}

std::vector<WorkshopId> MemoryLog::workshops() {
  const std::lock_guard lock(mutex_);
  std::vector<WorkshopId> ids;
  for (const auto& [id, stream] : streams_) ids.push_back(id);
  return ids;
}

std::optional<Row> MemoryLog::row(std::string_view table, std::string_view key) {
  const std::lock_guard lock(mutex_);
  const auto found = rows_.find({std::string(table), std::string(key)});
  if (found == rows_.end()) return std::nullopt;
  return found->second;
}

std::vector<Row> MemoryLog::rows(const WorkshopId& workshop, std::string_view table) {
  const std::lock_guard lock(mutex_);
  std::vector<Row> found;
  for (const auto& [key, row] : rows_) {
    if (key.first == table && row.workshop == workshop) found.push_back(row);
  }
  return found;
}

KeptSnapshot MemoryLog::snapshot(const WorkshopId& workshop) {
  const std::lock_guard lock(mutex_);
  const auto kept = snapshots_.find(workshop);
  return kept == snapshots_.end() ? KeptSnapshot{} : kept->second;
}

bool MemoryLog::keep_snapshot(const WorkshopId& workshop, std::uint64_t drops,
                              const StateSnapshot& snapshot) {
  const std::lock_guard lock(mutex_);
  auto& kept = snapshots_[workshop];
  if (kept.drops != drops) return false;
  kept.snapshot = snapshot;
  return true;
}

void MemoryLog::drop_snapshot(const WorkshopId& workshop) {
  const std::lock_guard lock(mutex_);
  auto& kept = snapshots_[workshop];
  kept.snapshot.reset();
  ++kept.drops;
}

void MemoryLog::remove(const WorkshopId& workshop) {
  drop_snapshot(workshop);
  const std::lock_guard lock(mutex_);
  streams_.erase(workshop);
  std::erase_if(rows_, [&](const auto& entry) { return entry.second.workshop == workshop; });
}

void MemoryLog::scrub() {}

std::string MemoryLog::history() {
  return history_;
}

std::vector<Broken> MemoryLog::verify() {
  const std::lock_guard lock(mutex_);
  StreamCheck check;
  for (const auto& [id, stream] : streams_) {
    for (const auto& sealed : stream) check.commit(as_found(id, sealed));
  }
  return check.take();
}

void MemoryLog::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
}

}  // namespace rundbord::log
