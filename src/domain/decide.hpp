// The rules: a command on the head state becomes events or a refusal. Pure: no clock, no
// randomness, no I/O; the same inputs give the same answer on every machine.
#pragma once
#include <optional>
#include <variant>
#include <vector>

#include "domain/commands.hpp"
#include "domain/events_text.hpp"
#include "domain/rejection.hpp"
#include "domain/workshop.hpp"

namespace rundbord {

struct ByOrganiser {
  bool operator==(const ByOrganiser&) const = default;
};
struct BySeat {
  SeatId seat;  // the seat the command speaks for, checked to belong to the session
  bool operator==(const BySeat&) const = default;
};
// Somebody holding the join code: may join, nothing else.
struct ByNewcomer {
  bool operator==(const ByNewcomer&) const = default;
};
struct ByServer {
  bool operator==(const ByServer&) const = default;
};
using Actor = std::variant<ByOrganiser, BySeat, ByNewcomer, ByServer>;

struct Context {
  Time now;
  Actor actor;
  // The hash of the browser's author key, when the client sent one (authors never stored).
  std::optional<AuthorKey> author_key;
};

// A row of the table of names, written in the same transaction as the events that mention it.
struct NameWrite {
  SeatId seat;
  std::uint32_t version = 0;
  Text person;
  Text organisation;
  bool erased = false;  // the row is removed
};

struct Decided {
  std::vector<Event> events;  // empty: nothing to do, the command is acknowledged all the same
  std::vector<NameWrite> names;
  // False when the commit must not say which seat it came from (authors never stored).
  bool names_seat = true;
};
using Decision = std::variant<Rejection, Decided>;

Decision decide(const Workshop& head, const Command& command, const Context& context);

// When the server must ask again with PassTime; nothing: no deadline is set.
std::optional<Time> next_deadline(const Workshop& workshop);

// Who may give this command at all, before its own rules are asked: one table for everybody.
bool permitted(const Workshop& head, const Command& command, const Actor& actor);

}  // namespace rundbord
