// The rules of roles: claiming, standing in, handing over.
#include "domain/board.hpp"
#include "domain/in_room.hpp"
#include "domain/rules.hpp"

namespace rundbord {
namespace {

using enum RejectionCode;

const RoleHolder* holder_of(const Room& room, const std::string& role) {
  const auto found = room.roles.find(role);
  return found == room.roles.end() ? nullptr : &found->second;
}

// A stand-in takes over from somebody who is not there; the organiser from anybody.
bool may_take_over(const Workshop& head, const RoleHolder& holder, const ClaimRole& command,
                   const Context& context) {
  if (by_organiser(context)) return true;
  const auto* seat = find_seat(head, holder.seat);
  return command.stand_in && (!seat || !seat->present());
}

}  // namespace

Decision rule(const Workshop& head, const ClaimRole& command, const Context& context) {
  if (!find_role(head, command.role)) return refused(unknown_role, "role");
  const auto place = placed(head, command.seat);
  if (const auto* rejection = std::get_if<Rejection>(&place)) return *rejection;
  const auto& room = *std::get<Placed>(place).room;
  const auto* holder = holder_of(room, command.role);
  RoleAssigned assigned{room.number, command.role, command.seat, false};
  if (!holder) return done({assigned});
  if (holder->seat == command.seat) {
    return holder->stand_in ? done({assigned}) : done({});
  }
  if (!may_take_over(head, *holder, command, context)) return refused(role_taken, "role");
  assigned.stand_in = command.stand_in;
  return done({assigned});
}

Decision rule(const Workshop& head, const HandOverRole& command, const Context&) {
  if (!find_role(head, command.role)) return refused(unknown_role, "role");
  const auto found = open_room(head, command.room);
  if (const auto* rejection = std::get_if<Rejection>(&found)) return *rejection;
  const auto& room = *std::get<const Room*>(found);
  if (command.to) {
    const auto* to = find_seat(head, *command.to);
    if (!to) return refused(unknown_seat, "to");
    if (to->room != room.number) return refused(foreign_seat, "to");
  }
  const auto* holder = holder_of(room, command.role);
  const auto held_by = holder ? std::optional(holder->seat) : std::nullopt;
  if (held_by == command.to) return done({});
  return done({RoleAssigned{room.number, command.role, command.to, false}});
}

}  // namespace rundbord
