// A workshop's state as bytes, so that loading need not fold every commit again: a cache, readable
// only by the build that wrote it. Pure functions, any thread.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/audience.hpp"
#include "domain/workshop.hpp"

namespace rundbord::protocol {

// The SHA-256 of the sources that fold commits and of these codecs: whoever changes them makes old
// states unreadable instead of wrong.
extern const std::string_view state_format;

struct DoneCommand {
  CommandId command;
  std::uint64_t seq = 0;  // of its commit
  RUNDBORD_FIELDS {
    v("command", self.command);
    v("seq", self.seq);
  }
};
struct ChannelPosition {
  Channel channel;
  std::uint64_t seq = 0;  // of the last commit that touched it
  RUNDBORD_FIELDS {
    v("channel", self.channel);
    v("seq", self.seq);
  }
};

// What folding commits gives beside the workshop itself.
struct Trail {
  Time latest;  // of the last commit
  std::vector<DoneCommand> done;
  std::vector<ChannelPosition> positions;
  RUNDBORD_FIELDS {
    v("latest", self.latest);
    v("done", self.done);
    v("positions", self.positions);
  }
};

struct PackedState {
  Workshop workshop;
  Trail trail;
};

std::string pack_state(const Workshop& workshop, const Trail& trail);
// Nothing for bytes that pack_state() did not make, as far as their form tells; whoever keeps them
// guards them with a checksum and state_format.
std::optional<PackedState> unpack_state(std::string_view bytes);

}  // namespace rundbord::protocol
