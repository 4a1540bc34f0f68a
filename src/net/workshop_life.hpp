// One workshop in memory and what its driver knows of it. Inside the workshop host only; io thread.
#pragma once
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "net/workshop_host.hpp"

namespace rundbord::net {

struct WorkshopHost::Live {
  WorkshopId id;
  std::uint64_t serial = 0;  // tells this life of the workshop from earlier ones
  engine::LiveWorkshop machine;
  std::unique_ptr<Alarm> alarm;
  std::map<engine::SessionId, std::shared_ptr<SessionSink>> sessions;
  std::map<engine::Token, OutcomeDone> waiting;
  std::set<std::pair<int, int>> revisions_under_way;
  std::size_t appends_under_way = 0;
  bool wakes = false;  // a deadline is set
  bool dead = false;
  std::uint64_t snapshot_seq = 0;  // of the newest state that was kept
  bool keeps_state = false;        // a newer one is being made

  bool idle() const {
    return sessions.empty() && waiting.empty() && appends_under_way == 0 && !wakes &&
           revisions_under_way.empty();
  }
};

inline Rejection plain_rejection(RejectionCode code) {
  return {code, "", {}};
}

}  // namespace rundbord::net
