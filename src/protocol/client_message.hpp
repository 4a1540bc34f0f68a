// What a client may send over the socket, read from one text frame (SPEC SB, CM, CN4, FR10).
// Pure functions, any thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/audience.hpp"
#include "domain/commands.hpp"
#include "domain/rejection.hpp"

namespace rundbord::protocol {

inline constexpr std::size_t channels_per_message_max = 64;

struct Position {
  std::string history;
  std::uint64_t seq = 0;
};
struct Subscription {
  Channel channel;
  std::optional<Position> position;
};
struct Subscribe {
  std::vector<Subscription> channels;
};
struct Unsubscribe {
  std::vector<Channel> channels;
};
struct Ping {};
struct Writing {
  SeatId seat;
  std::optional<Place> place;  // nothing: stopped
};
struct CommandMessage {
  CommandId id;
  std::optional<SeatId> seat;
  std::optional<std::string> author_key;
  Command command;
};
// A message that cannot be taken; with the command's id when one could be read.
struct Unreadable {
  std::optional<CommandId> id;
  Rejection rejection;
};
using ClientMessage =
    std::variant<Subscribe, Unsubscribe, Ping, Writing, CommandMessage, Unreadable>;

ClientMessage read_client_message(std::string_view frame);

// A command from its name and its fields as JSON text; used by HTTP and replay as well.
std::variant<Command, Rejection> read_command(std::string_view name, std::string_view fields_json);

}  // namespace rundbord::protocol
