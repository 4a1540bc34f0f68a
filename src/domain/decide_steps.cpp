// The rules of steps: starting one, taking it back, ending them.
#include "domain/board.hpp"
#include "domain/clock.hpp"
#include "domain/in_room.hpp"
#include "domain/limits.hpp"
#include "domain/reveal.hpp"
#include "domain/rules.hpp"

namespace rundbord {
namespace {

using enum RejectionCode;

SittingProgress progress_of(const Workshop& head, int sitting) {
  const auto found = head.sittings.find(sitting);
  if (found != head.sittings.end()) return found->second;
  SittingProgress progress;
  progress.sitting = sitting;
  return progress;
}

// The organiser's first step opens the sitting; a room waits for the organiser.
std::optional<Rejection> sitting_refuses(const SittingProgress& progress, const Context& context) {
  switch (progress.state) {
    case SittingState::planned:
      if (by_organiser(context)) return std::nullopt;
      return refused(sitting_not_open, "step");
    case SittingState::open:
    case SittingState::called_back:
      return std::nullopt;
    case SittingState::writing:
    case SittingState::closed:
      return refused(sitting_closed, "step");
  }
  return std::nullopt;
}

Clock planned_clock(const PlannedStep& planned, Time now) {
  if (!planned.minutes) return NoClock{};
  return running_for(std::chrono::minutes(*planned.minutes), now);
}

using SeatsByRoom = std::map<RoomNumber, std::vector<LapSeat>>;

std::vector<LapSeat> seats_of(const SeatsByRoom& seats, const Room& room) {
  const auto found = seats.find(room.number);
  return found == seats.end() ? std::vector<LapSeat>{} : found->second;
}

RoomStep begun(const Workshop& head, const Room& room, const StepPosition& at,
               const SeatsByRoom& seats, Time now) {
  const auto& planned = *find_step(head, at);
  RoomStep step{at, planned.step, now, planned_clock(planned, now), std::nullopt};
  if (step.kind == StepKind::lap) {
    step.lap = new_lap(lap_order(head, room, seats_of(seats, room)), 1, {step.clock, now});
  }
  return step;
}

std::vector<Event> with_reveal(const Workshop& head, const Room& room, Event change,
                               const std::optional<RoomStep>& step) {
  auto events = time_no_longer_asked(room);
  events.push_back(std::move(change));
  if (auto revealed = reveal_for(head, room.number, step)) events.push_back(std::move(*revealed));
  return events;
}

std::optional<StepPosition> position_of(const Room& room) {
  return room.step ? std::optional(room.step->at) : std::nullopt;
}

// A room that is there already is left alone: its clock and lap go on.
Or<std::vector<Event>> start_in(const Workshop& head, const Room& room, const StartStep& command,
                                const SeatsByRoom& seats, Time now) {
  const auto present = position_of(room);
  if (command.from && command.from != present) return refused(stale_position, "from");
  if (present == command.step) return std::vector<Event>{};
  const auto step = begun(head, room, command.step, seats, now);
  return with_reveal(head, room, StepStarted{room.number, step}, step);
}

bool may_undo(const Room& room, Time now) {
  return room.step_changed && now - *room.step_changed <= undo_step_within;
}

// As it was; only the lap follows those who came and went meanwhile.
std::optional<RoomStep> earlier(const Room& room, const SeatsByRoom& seats, Time now) {
  auto step = room.earlier_step;
  if (step && step->lap) {
    step->lap = settle(*step->lap, seats_of(seats, room), {step->clock, now});
  }
  return step;
}

Or<std::vector<Event>> undo_in(const Workshop& head, const Room& room, const SeatsByRoom& seats,
                               const Context& context) {
  if (!may_undo(room, context.now)) return refused(nothing_to_undo, "rooms");
  const auto step = earlier(room, seats, context.now);
  if (step) {
    const auto* task = find_task(head, step->at.task);
    const auto refusal = sitting_refuses(progress_of(head, task->sitting), context);
    if (refusal) return refused(refusal->code, "rooms");
  }
  return with_reveal(head, room, StepUndone{room.number, step}, step);
}

}  // namespace

Decision rule(const Workshop& head, const StartStep& command, const Context& context) {
  if (!find_step(head, command.step)) return refused(unknown_step, "step");
  auto progress = progress_of(head, find_task(head, command.step.task)->sitting);
  if (auto rejection = sitting_refuses(progress, context)) return *rejection;
  const auto seats = lap_seats_by_room(head);
  auto decision = in_rooms(head, command.rooms, [&](const Room& room) {
    return start_in(head, room, command, seats, context.now);
  });
  auto* decided = std::get_if<Decided>(&decision);
  if (decided && !decided->events.empty() && progress.state == SittingState::planned) {
    progress.state = SittingState::open;
    decided->events.insert(decided->events.begin(), SittingChanged{progress});
  }
  return decision;
}

Decision rule(const Workshop& head, const UndoStep& command, const Context& context) {
  const auto seats = lap_seats_by_room(head);
  return in_rooms(head, command.rooms,
                  [&](const Room& room) { return undo_in(head, room, seats, context); });
}

Decision rule(const Workshop& head, const EndSteps& command, const Context&) {
  return in_rooms(head, command.rooms, [&](const Room& room) -> Or<std::vector<Event>> {
    return steps_ended(head, room);
  });
}

}  // namespace rundbord
