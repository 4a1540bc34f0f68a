// Rules of sittings: opening, calling back with a deadline, closing, and the revisions after that.
#include <algorithm>

#include "domain/board.hpp"
#include "domain/evolve.hpp"
#include "domain/in_room.hpp"
#include "domain/reveal.hpp"
#include "domain/rules.hpp"

namespace rundbord {
namespace {

const SittingProgress* find_sitting(const Workshop& head, int sitting) {
  const auto found = head.sittings.find(sitting);
  return found == head.sittings.end() ? nullptr : &found->second;
}

Rejection unknown_sitting() {
  return refused(RejectionCode::unknown_sitting, "sitting");
}

bool in_state(const SittingProgress& progress, std::initializer_list<SittingState> states) {
  return std::find(states.begin(), states.end(), progress.state) != states.end();
}

SittingProgress now_in(const SittingProgress& progress, SittingState state) {
  auto next = progress;
  next.state = state;
  next.steps_end_at.reset();
  next.texts_close_at.reset();
  return next;
}

bool belongs_to(const Workshop& head, std::optional<int> task_number, int sitting) {
  if (!task_number) return false;
  const auto* task = find_task(head, *task_number);
  return task && task->sitting == sitting;
}

bool in_step_of(const Workshop& head, const Room& room, int sitting) {
  return room.step && belongs_to(head, room.step->at.task, sitting);
}

// Ends the steps of this sitting's rooms, and shows what was written privately there.
std::vector<Event> end_steps(const Workshop& head, int sitting) {
  std::vector<Event> events;
  for (const auto& [number, room] : head.rooms) {
    if (in_step_of(head, room, sitting)) append(events, steps_ended(head, room));
  }
  return events;
}

// What was written privately for this sitting in a room whose step, if any, belongs to another: of
// the other sitting's notes none is shown early.
std::optional<Event> reveal_written_for(const Workshop& head, const Room& room, int sitting) {
  auto event = reveal_notes(head, room.number, std::nullopt);
  if (!event || !room.step) return event;
  auto& notes = std::get<NotesRevealed>(*event).notes;
  notes.erase(
      std::remove_if(notes.begin(), notes.end(),
                     [&](const auto& note) { return !belongs_to(head, note.place.task, sitting); }),
      notes.end());
  if (notes.empty()) return std::nullopt;
  return event;
}

// Steps end, everything private is shown, and the first revision is made of what stands there.
std::vector<Event> closing(const Workshop& head, const SittingProgress& progress) {
  auto events = end_steps(head, progress.sitting);
  for (const auto& [number, room] : head.rooms) {
    if (in_step_of(head, room, progress.sitting)) continue;
    if (auto event = reveal_written_for(head, room, progress.sitting)) {
      events.push_back(std::move(*event));
    }
  }
  events.push_back(SittingChanged{now_in(progress, SittingState::closed)});
  events.push_back(SittingRevised{progress.sitting, progress.revision + 1, {}});
  return events;
}

}  // namespace

// Two organisers may press the same button: what is done already is no mistake.
Decision rule(const Workshop& head, const OpenSitting& command, const Context&) {
  const auto* progress = find_sitting(head, command.sitting);
  if (!progress) return unknown_sitting();
  if (progress->state == SittingState::open) return Decided{};
  if (progress->state == SittingState::closed) {
    return refused(RejectionCode::sitting_closed, "sitting");
  }
  if (progress->state != SittingState::planned) {
    return refused(RejectionCode::stale_position, "sitting");
  }
  return done({SittingChanged{now_in(*progress, SittingState::open)}});
}

namespace {

Fault outside(Duration value, Duration max, const std::string& field) {
  if (value >= Duration::zero() && value <= max) return std::nullopt;
  return Rejection{RejectionCode::out_of_range, field, {{"min", 0}, {"max", max.count()}}};
}

Fault not_running(const SittingProgress& progress) {
  if (progress.state == SittingState::planned) {
    return refused(RejectionCode::sitting_not_open, "sitting");
  }
  if (progress.state == SittingState::closed) {
    return refused(RejectionCode::sitting_closed, "sitting");
  }
  return std::nullopt;
}

}  // namespace

// Again while it counts down: other times. Once the steps have ended only the deadline moves.
Decision rule(const Workshop& head, const CallBack& command, const Context& context) {
  const auto* progress = find_sitting(head, command.sitting);
  if (!progress) return unknown_sitting();
  if (auto fault = not_running(*progress)) return *fault;
  if (auto fault = outside(command.countdown, call_back_max, "countdown")) return *fault;
  const auto texts_open = command.texts_open.value_or(texts_open_after_call_back);
  if (auto fault = outside(texts_open, texts_open_max, "texts_open")) return *fault;
  const bool steps_ended = progress->state == SittingState::writing;
  const auto steps_end_at = context.now + command.countdown;
  auto next = now_in(*progress, steps_ended ? SittingState::writing : SittingState::called_back);
  if (!steps_ended) next.steps_end_at = steps_end_at;
  next.texts_close_at = steps_end_at + texts_open;
  return done({SittingChanged{next}});
}

// Steps that have ended stay ended; each room starts again where it wants to.
Decision rule(const Workshop& head, const CancelCallBack& command, const Context&) {
  const auto* progress = find_sitting(head, command.sitting);
  if (!progress) return unknown_sitting();
  if (progress->state == SittingState::closed) {
    return refused(RejectionCode::sitting_closed, "sitting");
  }
  if (!in_state(*progress, {SittingState::called_back, SittingState::writing})) {
    return refused(RejectionCode::nothing_to_undo, "sitting");
  }
  return done({SittingChanged{now_in(*progress, SittingState::open)}});
}

Decision rule(const Workshop& head, const CloseSitting& command, const Context&) {
  const auto* progress = find_sitting(head, command.sitting);
  if (!progress) return unknown_sitting();
  if (progress->state == SittingState::closed) return Decided{};
  if (auto fault = not_running(*progress)) return *fault;
  return done(closing(head, *progress));
}

Decision rule(const Workshop& head, const ReviseSitting& command, const Context&) {
  const auto* progress = find_sitting(head, command.sitting);
  if (!progress) return unknown_sitting();
  if (progress->state != SittingState::closed) {
    return refused(RejectionCode::stale_position, "sitting");
  }
  if (auto fault = missing_or_too_long(command.reason, message_limit, "reason")) return *fault;
  return done({SittingRevised{command.sitting, progress->revision + 1, command.reason}});
}

namespace {

bool is_due(const std::optional<Time>& deadline, Time now) {
  return deadline && now >= *deadline;
}

bool is_due(const SittingProgress& progress, Time now) {
  return in_state(progress, {SittingState::called_back, SittingState::writing}) &&
         (is_due(progress.steps_end_at, now) || is_due(progress.texts_close_at, now));
}

// The server may have slept over both deadlines: then the sitting closes at once.
std::vector<Event> pass_deadline(const Workshop& head, const SittingProgress& progress, Time now) {
  if (is_due(progress.texts_close_at, now)) return closing(head, progress);
  auto events = end_steps(head, progress.sitting);
  auto next = now_in(progress, SittingState::writing);
  next.texts_close_at = progress.texts_close_at;
  events.push_back(SittingChanged{next});
  return events;
}

}  // namespace

// Two sittings may be due at once; what the first one shows, the second must not show again.
Decision rule(const Workshop& head, const PassTime&, const Context& context) {
  Decided decided;
  std::optional<Workshop> after_first;
  for (const auto& [number, progress] : head.sittings) {
    if (!is_due(progress, context.now)) continue;
    if (!decided.events.empty()) {
      after_first = head;
      for (const auto& event : decided.events) evolve(*after_first, event, context.now);
    }
    append(decided.events, pass_deadline(after_first ? *after_first : head, progress, context.now));
  }
  return decided;
}

// Only the newest revision is sealed: a body that was written for an older one is not this one's.
Decision rule(const Workshop& head, const SealRevision& command, const Context&) {
  const auto* progress = find_sitting(head, command.sitting);
  if (!progress) return unknown_sitting();
  if (!is_checksum(command.checksum)) return refused(RejectionCode::out_of_range, "checksum");
  if (command.revision < 1 || command.revision != progress->revision) {
    return Rejection{RejectionCode::stale_position, "revision", {{"revision", progress->revision}}};
  }
  if (progress->checksum == command.checksum) return Decided{};
  if (!progress->checksum.empty()) return refused(RejectionCode::exists_already, "checksum");
  return done({RevisionSealed{command.sitting, command.revision, command.checksum}});
}

}  // namespace rundbord
