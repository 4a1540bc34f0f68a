#include "net/state_loading.hpp"

#include <algorithm>

#include "log/chain.hpp"
#include "protocol/state_codec.hpp"

namespace rundbord::net {
namespace {

// A key kept in one browser, as the log knows it: SHA-256 cut to 128 bits.
AuthorKey hash_author_key(std::string_view key) {
  const auto hash = log::sha256(key);
  AuthorKey cut;
  std::copy_n(hash.begin(), cut.bytes.size(), cut.bytes.begin());
  return cut;
}

// Every commit from the machine's on; with a snapshot, first the one it was made at, which must be
// there and have its place in the chain. False: it is not.
bool read_commits(log::EventLog& log, const WorkshopId& id, const log::StateSnapshot* snapshot,
                  LoadedWorkshop& loaded) {
  const auto first = snapshot ? snapshot->seq : 1;
  bool fits = snapshot == nullptr;
  log.read(id, first, [&](const log::StoredCommit& commit) {
    if (!fits) {
      fits = commit.seq == snapshot->seq && commit.chain == snapshot->chain;
    } else {
      loaded.damage = loaded.machine->restore(commit.seq, commit.header, commit.texts, commit.chain)
                          .value_or("");
    }
    loaded.last_seq = commit.seq;
    loaded.chain = commit.chain;
    return fits && loaded.damage.empty();
  });
  return fits;
}

bool load_from(log::EventLog& log, const WorkshopId& id,
               const std::optional<log::StateSnapshot>& snapshot,
               const engine::LiveWorkshopOptions& limits, LoadedWorkshop& loaded) {
  if (!snapshot || snapshot->format != protocol::state_format || snapshot->seq == 0) return false;
  loaded.machine = new_machine(log, id, limits);
  loaded.snapshot_seq = snapshot->seq;
  return loaded.machine->restore_state(snapshot->state) &&
         loaded.machine->durable_seq() == snapshot->seq &&
         read_commits(log, id, &*snapshot, loaded);
}

LoadedWorkshop load_after(log::EventLog& log, const WorkshopId& id, log::KeptSnapshot kept,
                          const engine::LiveWorkshopOptions& limits) {
  LoadedWorkshop loaded;
  try {
    if (!load_from(log, id, kept.snapshot, limits, loaded)) {
      loaded = LoadedWorkshop{};
      kept.snapshot.reset();  // two states at once are enough memory
      loaded.machine = new_machine(log, id, limits);
      read_commits(log, id, nullptr, loaded);
    }
    for (const auto& row : log.rows(id, "name")) loaded.machine->restore_name(row.key, row.value);
  } catch (const log::LogError& error) {
    loaded.damage = error.sentence;
  }
  return loaded;
}

}  // namespace

std::unique_ptr<engine::LiveWorkshop> new_machine(log::EventLog& log, const WorkshopId& id,
                                                  engine::LiveWorkshopOptions options) {
  options.history = log.history();
  options.hash_author_key = hash_author_key;
  return std::make_unique<engine::LiveWorkshop>(id, std::move(options));
}

LoadedWorkshop load_workshop(log::EventLog& log, const WorkshopId& id,
                             const engine::LiveWorkshopOptions& limits) {
  return load_after(log, id, log.snapshot(id), limits);
}

bool keep_state(log::EventLog& log, const WorkshopId& id) {
  auto kept = log.snapshot(id);
  const auto drops = kept.drops;
  const auto loaded = load_after(log, id, std::move(kept), {});
  if (!loaded.damage.empty() || loaded.last_seq == 0) return false;
  const log::StateSnapshot snapshot{std::string(protocol::state_format), loaded.last_seq,
                                    loaded.chain, loaded.machine->stored_state()};
  return log.keep_snapshot(id, drops, snapshot);
}

}  // namespace rundbord::net
