// The rules of clocks: a room's own, or the organiser's for all; and "3 more minutes".
#include "domain/clock.hpp"
#include "domain/in_room.hpp"
#include "domain/limits.hpp"
#include "domain/rules.hpp"

namespace rundbord {
namespace {

using enum RejectionCode;
using Answer = Or<std::vector<Event>>;

Clock clock_of(const Room& room) {
  return room.step ? room.step->clock : Clock{NoClock{}};
}
bool has_clock(const Room& room) {
  return !std::holds_alternative<NoClock>(clock_of(room));
}

// The lap's turn goes with the step's clock: it pauses and runs with it.
std::vector<Event> clock_changed(const Workshop& head, const Room& room, const Clock& clock,
                                 Time now) {
  if (clock == room.step->clock) return {};
  std::vector<Event> events{ClockChanged{room.number, clock}};
  if (room.step->lap) {
    const auto lap = follow_clock(*room.step->lap, {clock, now});
    append(events, lap_changed(head, room, LapCause::clock, lap));
  }
  return events;
}

std::vector<Event> clock_set(const Workshop& head, const Room& room, Duration length, Time now) {
  const auto clock = running_for(length, now);
  std::vector<Event> events{ClockChanged{room.number, clock}};
  if (room.step->lap) {
    const auto lap = share_out_again(*room.step->lap, {clock, now});
    append(events, lap_changed(head, room, LapCause::clock, lap));
  }
  return events;
}

std::optional<Rejection> out_of_clock(Duration length, const std::string& field) {
  const auto max = std::chrono::duration_cast<std::chrono::minutes>(clock_max);
  if (length <= clock_max) return std::nullopt;
  return Rejection{out_of_range, field, {{"max", max.count()}}};
}

Answer time_added(const Workshop& head, const Room& room, Duration by, Time now) {
  if (!has_clock(room)) return refused(no_clock);
  const auto clock = with_time_added(clock_of(room), by, now);
  if (auto rejection = out_of_clock(std::max(total_of(clock), *time_left(clock, now)), "by")) {
    return *rejection;
  }
  return clock_changed(head, room, clock, now);
}

}  // namespace

Decision rule(const Workshop& head, const StartClock& command, const Context& context) {
  if (command.length && *command.length <= Duration{0}) return refused(out_of_range, "length");
  if (auto rejection = out_of_clock(command.length.value_or(Duration{0}), "length")) {
    return *rejection;
  }
  return in_rooms(head, command.rooms, [&](const Room& room) -> Answer {
    if (!room.step || (!command.length && !has_clock(room))) return refused(no_clock);
    if (command.length) return clock_set(head, room, *command.length, context.now);
    return clock_changed(head, room, resumed(clock_of(room), context.now), context.now);
  });
}

Decision rule(const Workshop& head, const PauseClock& command, const Context& context) {
  return in_rooms(head, command.rooms, [&](const Room& room) -> Answer {
    if (!has_clock(room)) return refused(no_clock);
    return clock_changed(head, room, paused(clock_of(room), context.now), context.now);
  });
}

Decision rule(const Workshop& head, const AddTime& command, const Context& context) {
  if (command.by == Duration{0} || command.by < -clock_max) return refused(out_of_range, "by");
  if (auto rejection = out_of_clock(command.by, "by")) return *rejection;
  return in_rooms(head, command.rooms, [&](const Room& room) {
    return time_added(head, room, command.by, context.now);
  });
}

Decision rule(const Workshop& head, const AskForTime& command, const Context&) {
  const auto found = open_room(head, command.room);
  if (const auto* rejection = std::get_if<Rejection>(&found)) return *rejection;
  const auto& room = *std::get<const Room*>(found);
  if (command.by <= Duration{0}) return refused(out_of_range, "by");
  if (auto rejection = out_of_clock(command.by, "by")) return *rejection;
  if (!has_clock(room)) return refused(no_clock);
  if (room.time_asked == command.by) return done({});
  return done({TimeAsked{room.number, command.by}});
}

// Nothing asked for (any more) is not an error: two organisers may press at once.
Decision rule(const Workshop& head, const AnswerTime& command, const Context& context) {
  const auto found = open_room(head, command.room);
  if (const auto* rejection = std::get_if<Rejection>(&found)) return *rejection;
  const auto& room = *std::get<const Room*>(found);
  if (!room.time_asked) return done({});
  std::vector<Event> events{TimeAnswered{room.number, command.granted}};
  if (command.granted) {
    const auto added = time_added(head, room, *room.time_asked, context.now);
    if (const auto* rejection = std::get_if<Rejection>(&added)) return *rejection;
    append(events, std::get<std::vector<Event>>(added));
  }
  return done(std::move(events));
}

}  // namespace rundbord
