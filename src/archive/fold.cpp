#include "archive/fold.hpp"

#include "domain/evolve.hpp"
#include "protocol/log_codec.hpp"

namespace rundbord::archive {

std::variant<Folded, Unreadable> fold(log::EventLog& log, const WorkshopId& workshop,
                                      std::uint64_t up_to) {
  Folded folded;
  folded.workshop.id = workshop;
  std::string damage;
  log.read(workshop, 1, [&](const log::StoredCommit& stored) {
    if (stored.seq > up_to) return false;
    const auto decoded = protocol::decode_commit(stored.header, stored.texts);
    if (const auto* reason = std::get_if<std::string>(&decoded)) {
      damage = "commit " + std::to_string(stored.seq) + ": " + *reason;
      return false;
    }
    const auto& commit = std::get<protocol::Commit>(decoded);
    for (const auto& event : commit.events) evolve(folded.workshop, event, commit.at);
    folded.workshop.seq = stored.seq;
    folded.chain = stored.chain;
    return true;
  });
  if (!damage.empty()) return Unreadable{damage};
  if (folded.workshop.seq == 0) return Unreadable{"there is no such workshop"};
  for (const auto& row : log.rows(workshop, "name")) {
    protocol::take_name_row(folded.names, row.key, row.value);
  }
  return folded;
}

}  // namespace rundbord::archive
