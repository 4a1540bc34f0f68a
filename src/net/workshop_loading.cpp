// How the workshop host brings workshops to life and lets them go.
#include <spdlog/spdlog.h>

#include <algorithm>

#include "net/state_loading.hpp"
#include "net/workshop_life.hpp"

namespace rundbord::net {
WorkshopHost::Live* WorkshopHost::find(const WorkshopId& id) {
  const auto found = entries_.find(id);
  return found == entries_.end() ? nullptr : found->second.live.get();
}

void WorkshopHost::with_live(const WorkshopId& id, Waiter waiter) {
  const auto refuse = [&](RejectionCode code) {
    const auto refused = plain_rejection(code);
    waiter(nullptr, &refused);
  };
  if (shutting_down_) return refuse(RejectionCode::busy);
  if (removed_.count(id) > 0) return refuse(RejectionCode::unknown_workshop);
  if (Live* live = find(id)) return waiter(live, nullptr);
  auto& entry = entries_[id];
  entry.waiting.push_back(std::move(waiter));
  if (entry.waiting.size() == 1) load(id);
}

void WorkshopHost::load(const WorkshopId& id) {
  auto result = std::make_shared<LoadedWorkshop>();
  loop_.in_pool([this, id, result] { *result = load_workshop(log_, id, options_.limits); },
                [this, id, result] { loaded(id, *result); });
}

void WorkshopHost::loaded(const WorkshopId& id, LoadedWorkshop& result) {
  const auto entry = entries_.find(id);
  if (entry == entries_.end()) return;  // deleted meanwhile
  auto waiting = std::exchange(entry->second.waiting, {});
  std::optional<Rejection> refused;
  if (shutting_down_) refused = plain_rejection(RejectionCode::busy);
  if (result.last_seq == 0) refused = plain_rejection(RejectionCode::unknown_workshop);
  if (!result.damage.empty()) {
    spdlog::error("workshop {} cannot be served: {}", to_text(id), result.damage);
    refused = plain_rejection(RejectionCode::not_stored);
  }
  if (refused) {
    entries_.erase(entry);
    for (auto& waiter : waiting) waiter(nullptr, &*refused);
    return;
  }
  Live& live = adopt(id, std::move(result.machine));
  const auto serial = live.serial;
  live.snapshot_seq = result.snapshot_seq;
  perform(live, live.machine.start(loop_.now()));
  keep_state_when_due(id);
  drop_when_idle(id, serial);
  // Each waiter asks anew: the one before it may have ended this life.
  for (auto& waiter : waiting) with_live(id, std::move(waiter));
}

WorkshopHost::Live& WorkshopHost::adopt(const WorkshopId& id,
                                        std::unique_ptr<engine::LiveWorkshop> machine) {
  auto live = std::make_unique<Live>(Live{id, ++drawn_, std::move(*machine), {}, {}, {}, {}});
  const auto serial = live->serial;
  live->alarm = loop_.alarm([this, id, serial] {
    Live* due = find(id);
    if (!due || due->serial != serial) return;
    due->wakes = false;
    step(*due, engine::Tick{});
    drop_when_idle(id, serial);
  });
  metrics_.change(Level::workshops_live, 1);
  auto& entry = entries_[id];
  entry.live = std::move(live);
  return *entry.live;
}

// A failure costs only time at the next start; it is tried again after as many commits more.
void WorkshopHost::keep_state_when_due(const WorkshopId& id) {
  Live* live = find(id);
  if (!live || live->keeps_state || shutting_down_) return;
  const auto commits = live->machine.durable_seq() - live->snapshot_seq;
  const auto commits_min = options_.commits_per_snapshot;
  if (commits < commits_to_next_snapshot(live->snapshot_seq, commits_min)) return;
  live->keeps_state = true;
  keep_state_when_calm(id, live->serial);
}

void WorkshopHost::keep_state_when_calm(const WorkshopId& id, std::uint64_t serial) {
  const auto seq = find(id)->machine.durable_seq();
  loop_.after(options_.snapshot_look, [this, id, serial, seq] {
    const Live* live = find(id);
    if (!live || live->serial != serial || shutting_down_) return;
    const auto durable = live->machine.durable_seq();
    const auto due = commits_to_next_snapshot(live->snapshot_seq, options_.commits_per_snapshot);
    if (is_time_for_snapshot(durable - live->snapshot_seq, due, durable - seq)) {
      keep_state_now(id, serial);
    } else {
      keep_state_when_calm(id, serial);
    }
  });
}

void WorkshopHost::keep_state_now(const WorkshopId& id, std::uint64_t serial) {
  const auto until = find(id)->machine.durable_seq();
  loop_.in_pool([this, id] { keep_state(log_, id); },
                [this, id, serial, until] {
                  Live* still = find(id);
                  if (!still || still->serial != serial) return;
                  still->keeps_state = false;
                  still->snapshot_seq = until;
                });
}

void WorkshopHost::drop(const WorkshopId& id) {
  const auto entry = entries_.find(id);
  if (entry == entries_.end()) return;
  if (entry->second.live) {
    metrics_.change(Level::workshops_live, -1);
    for (auto& [token, done] : entry->second.live->waiting) {
      loop_.post([done = std::move(done)] { done(plain_rejection(RejectionCode::not_stored)); });
    }
  }
  for (auto& waiter : entry->second.waiting) {
    const auto refused = plain_rejection(RejectionCode::unknown_workshop);
    waiter(nullptr, &refused);
  }
  entries_.erase(entry);
  check_drained();
}

void WorkshopHost::drop_when_idle(const WorkshopId& id, std::uint64_t serial) {
  Live* live = find(id);
  if (!live || live->serial != serial || !live->idle()) return;
  loop_.after(options_.idle_max, [this, id, serial] {
    const Live* still = find(id);
    if (still && still->serial == serial && still->idle()) drop(id);
  });
}

}  // namespace rundbord::net
