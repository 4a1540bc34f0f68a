// The messages a server sends over the socket, as JSON text (SPEC CN3, CN4, SB2-SB4, FR1, FR2,
// FR10, CM2). Pure functions, any thread.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/audience.hpp"
#include "domain/rejection.hpp"
#include "domain/time.hpp"

namespace rundbord::protocol {

struct Welcome {
  std::string history;
  Time now;
  std::vector<SeatId> seats;
  bool organiser = false;
  bool projector = false;
};

struct WhoWrites {
  SeatId seat;
  Place place;
};

// One commit as a channel gets it: `{"seq":…,"at":…,"events":[…]}`.
std::string encode_commit_for_channel(std::uint64_t seq, Time at, const std::string& events);

std::string welcome_message(const Welcome& welcome);
std::string pong_message(Time now);
// `commits`: their encodings, comma-separated; empty for a frame that only says "nothing missed".
std::string frame_message(const Channel& channel, std::uint64_t after, std::uint64_t to,
                          const std::string& commits);
std::string snapshot_message(const Channel& channel, const std::string& history, std::uint64_t seq,
                             const std::string& state);
std::string refused_message(const Channel& channel, RejectionCode code);
std::string unsubscribed_message(const Channel& channel);
std::string presence_message(RoomNumber room, const std::vector<SeatId>& online,
                             const std::vector<WhoWrites>& writing);
// No chain: the command wrote nothing, so there is no commit of its own to name.
std::string ok_message(const CommandId& id, std::uint64_t seq,
                       const std::optional<ChainHash>& chain);
std::string rejected_message(const std::optional<CommandId>& id, const Rejection& rejection,
                             std::uint64_t seq);
// The JSON of a rejection's code, detail, field and facts, without braces: also for HTTP problems.
std::string rejection_members(const Rejection& rejection);

}  // namespace rundbord::protocol
