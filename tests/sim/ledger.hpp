// What the clients have asked for and what they were told: the other half of what the log is
// compared with. Owned by the world; one thread.
#pragma once
#include <cstdint>
#include <map>
#include <string>

#include "domain/commands.hpp"
#include "domain/decide.hpp"

namespace rundbord::sim {

enum class Fate {
  open,      // not answered, as far as the client knows
  saved,     // the client has seen `ok`
  refused,   // the client has seen a final rejection
  too_late,  // the client gave it up and shows it as not done
};

struct Asked {
  std::string name;
  Command command;
  Context context;  // without the time
  Fate fate = Fate::open;
  std::uint64_t told_seq = 0;  // in the last `ok` that left the server
  int told_in = 0;             // the workshop's life then
};

class Ledger {
 public:
  Asked& asked(const CommandId& id, Asked what) { return entries_[id] = std::move(what); }
  Asked* find(const CommandId& id) {
    const auto found = entries_.find(id);
    return found == entries_.end() ? nullptr : &found->second;
  }
  const std::map<CommandId, Asked>& all() const { return entries_; }

 private:
  std::map<CommandId, Asked> entries_;
};

}  // namespace rundbord::sim
