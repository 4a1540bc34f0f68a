// Rules of messages from the organiser to rooms, and who has confirmed them.
#include <algorithm>

#include "domain/board.hpp"
#include "domain/in_room.hpp"
#include "domain/rules.hpp"

namespace rundbord {
namespace {

const Message* find_message(const Workshop& head, const MessageId& id) {
  const auto found = std::find_if(head.messages.begin(), head.messages.end(),
                                  [&](const auto& message) { return message.id == id; });
  return found == head.messages.end() ? nullptr : &*found;
}

Fault unknown_room_among(const Workshop& head, const Rooms& rooms) {
  for (std::size_t i = 0; i < rooms.size(); ++i) {
    if (!find_room(head, rooms[i])) {
      return refused(RejectionCode::unknown_room, "rooms." + std::to_string(i));
    }
  }
  return std::nullopt;
}

Rooms each_once(Rooms rooms) {
  std::sort(rooms.begin(), rooms.end());
  rooms.erase(std::unique(rooms.begin(), rooms.end()), rooms.end());
  return rooms;
}

}  // namespace

Decision rule(const Workshop& head, const SendMessage& command, const Context&) {
  if (find_message(head, command.message)) {
    return refused(RejectionCode::exists_already, "message");
  }
  if (auto fault = missing_or_too_long(command.text, message_limit, "text")) return *fault;
  if (auto fault = unknown_room_among(head, command.rooms)) return *fault;
  if (head.messages.size() >= messages_max) {
    return Rejection{RejectionCode::too_many, "message", {{"max", int{messages_max}}}};
  }
  const MessageSent sent{command.message, command.text, each_once(command.rooms)};
  return done({sent});
}

// For whom a device may answer stands in the table of permissions.
Decision rule(const Workshop& head, const ConfirmMessage& command, const Context& context) {
  const auto* message = find_message(head, command.message);
  if (!message) return refused(RejectionCode::unknown_message, "message");
  if (!find_seat(head, command.seat)) return refused(RejectionCode::unknown_seat, "seat");
  if (!acting_seat(context)) return refused(RejectionCode::forbidden);
  if (message->confirmed.count(command.seat) > 0) return Decided{};
  return done({MessageConfirmed{command.message, command.seat}});
}

}  // namespace rundbord
