// One workshop, alive: the head state, its sessions, and what may leave only when it is durable.
// A machine without I/O: an input and the time go in, actions come out. Owned by its driver in
// net/; one thread.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/actions.hpp"

namespace rundbord::engine {

struct LiveWorkshopOptions {
  std::string history;  // of the log; part of every position
  // Hashes a browser's author key; pure. Needed where authors are never stored.
  std::function<AuthorKey(std::string_view)> hash_author_key;
  std::size_t ring_bytes_max = 64 * 1024;  // encoded frames kept per channel for resume
  std::size_t sessions_max = 20'000;
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
  std::vector<Action> start(Time now);

  // Never throws; whatever a client sends ends in actions.
  std::vector<Action> step(Input input, Time now);

  std::uint64_t durable_seq() const;
  std::size_t sessions() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace rundbord::engine
