// Who listens to which channel, and the frames they get: commits are encoded once per channel and
// gathered, a ring of them serves those who come back. Owned by a live workshop; one thread.
#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "domain/audience.hpp"
#include "engine/actions.hpp"
#include "engine/outbox.hpp"

namespace rundbord::engine {

// One send costs 4 to 20 µs whatever its size, so commits that follow one another go together; a
// hundred people on a channel, or many deliveries a second in the whole workshop, are where a
// longer wait saves more than it is felt (SPEC FR9). A delivery is one commit to one session.
inline constexpr Duration gather_for = std::chrono::milliseconds(20);
inline constexpr Duration gather_for_many = std::chrono::milliseconds(50);
inline constexpr std::size_t many_sessions = 100;
// Up to here 20 ms: at most as many sends, a twentieth of a core.
inline constexpr std::size_t calm_deliveries_per_second = 5'000;

// Deliveries per second, over the last quarter of a second that is over.
class DeliveryRate {
 public:
  void add(std::size_t deliveries, Time now);
  std::size_t per_second() const { return per_second_; }

 private:
  Time begun_;
  std::size_t counted_ = 0;
  std::size_t per_second_ = 0;
};

class FanOut {
 public:
  FanOut(std::size_t ring_bytes_max, Outbox& outbox)
      : ring_bytes_max_(ring_bytes_max), outbox_(outbox) {}

  // Loading: a commit that touched the channel, without its encoding.
  void passed(const Channel& channel, std::uint64_t seq);
  // False: nobody was ever on it, so passed() is enough for a commit and encoding it is wasted.
  bool ever_heard(const Channel& channel) const;
  // A commit as this channel gets it.
  void publish(const Channel& channel, std::uint64_t seq, std::string commit, Time now);

  // What is due goes out now, and no commit is kept: whoever comes back gets a snapshot.
  void forget_commits(Time now);

  // Adds the session; false: it needs a snapshot (its position is unknown, or the ring has moved
  // on). True: it got the rest as a frame. Either way it is at position(channel) afterwards.
  bool subscribe(SessionId session, const Channel& channel, std::optional<std::uint64_t> seq,
                 Time now);
  // False when it was not subscribed.
  bool unsubscribe(SessionId session, const Channel& channel);
  void forget(SessionId session);
  const std::set<SessionId>& sessions(const Channel& channel) const;
  std::set<Channel> channels(SessionId session) const;
  std::size_t channels_of(SessionId session) const;
  bool hears(SessionId session, const Channel& channel) const;

  // The last commit that touched the channel.
  std::uint64_t position(const Channel& channel) const;
  std::vector<std::pair<Channel, std::uint64_t>> positions() const;
  // Cuts the frames that are due. Returns when the next one is.
  std::optional<Time> cut_due(Time now);

 private:
  struct Encoded {
    std::uint64_t seq;
    std::string commit;
  };
  struct State {
    std::uint64_t position = 0;    // last commit that touched the channel
    std::uint64_t framed_to = 0;   // last commit that is in a frame
    std::uint64_t ring_after = 0;  // the ring holds all that came after this one
    bool ever_heard = false;  // nobody can come back to a channel nobody was on: it has no ring
    std::deque<Encoded> ring;
    std::size_t ring_bytes = 0;
    std::optional<Time> due;
    Time last_cut;
    std::set<SessionId> sessions;
  };

  Duration wait_of(const State& state) const;
  void cut(const Channel& channel, State& state, Time now);
  void trim(State& state);
  void forget_if_unused(std::map<Channel, State>::iterator channel);
  static std::string commits_after(const State& state, std::uint64_t seq);

  std::size_t ring_bytes_max_;
  Outbox& outbox_;
  DeliveryRate rate_;
  std::map<Channel, State> channels_;
  std::map<SessionId, std::set<Channel>> by_session_;
  std::set<std::pair<Time, Channel>> due_;
};

}  // namespace rundbord::engine
