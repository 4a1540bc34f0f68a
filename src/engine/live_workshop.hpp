// One workshop, alive: the head state, its sessions, and what may leave only when it is durable.
// A machine without I/O: an input and the time go in, actions come out. Owned by its driver in
// net/; one thread.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/actions.hpp"
#include "engine/budget.hpp"

namespace rundbord::engine {

struct LiveWorkshopOptions {
  std::string history;  // of the log; part of every position
  // Hashes a browser's author key; pure. Needed where authors are never stored.
  std::function<AuthorKey(std::string_view)> hash_author_key;
  std::size_t ring_bytes_max = 64 * 1024;  // encoded frames kept per channel for resume
  // One seat's devices and tabs, lost ones that were not noticed yet among them; one more and the
  // oldest is told to come back.
  std::size_t sessions_per_seat_max = 16;
  std::size_t channels_per_session_max = 4'000;  // a console hears 3,000 rooms and their walls
  // Commands of one seat over all its sessions: as many as one socket may send.
  Rate commands_per_seat{2'000, 1'000};
  std::uint64_t commits_in_flight_max = 5'000;  // that the disk has not confirmed
  std::size_t answers_in_flight_max = 50'000;   // that wait for it
  std::size_t snapshot_bytes_max = 4 << 20;     // kept for others who ask before the next commit
};

class LiveWorkshop {
 public:
  LiveWorkshop(WorkshopId id, LiveWorkshopOptions options);
  ~LiveWorkshop();
  LiveWorkshop(LiveWorkshop&&) noexcept;

  // Loading: every stored commit in order, every row of names, then start(). A sentence when a
  // stored commit cannot be read (the stream is damaged); the workshop must not be served then.
  std::optional<std::string> restore(std::uint64_t seq, const std::string& header,
                                     const std::vector<std::optional<std::string>>& texts,
                                     const ChainHash& chain);
  void restore_name(const std::string& key, const std::string& value);
  // Instead of the first commits: what stored_state() gave after them. False when the bytes cannot
  // be read, or are of another workshop; take a new machine then.
  bool restore_state(std::string_view state);
  std::vector<Action> start(Time now);

  // After restoring, before start(): everything but names and sessions, as protocol/state_codec.hpp
  // packs it.
  std::string stored_state() const;

  // Never throws; whatever a client sends ends in actions.
  std::vector<Action> step(Input input, Time now);

  std::uint64_t durable_seq() const;
  std::size_t sessions() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace rundbord::engine
