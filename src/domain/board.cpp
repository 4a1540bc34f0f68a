#include "domain/board.hpp"

#include <algorithm>

namespace rundbord {
namespace {

bool is_closed(const SittingProgress& progress) {
  return progress.state == SittingState::closed;
}

}  // namespace

const SeatId* acting_seat(const Context& context) {
  const auto* by_seat = std::get_if<BySeat>(&context.actor);
  return by_seat ? &by_seat->seat : nullptr;
}

bool by_organiser(const Context& context) {
  return std::holds_alternative<ByOrganiser>(context.actor);
}

Fault unknown_place(const Programme& programme, RoomNumber room, const Place& place,
                    const std::string& field) {
  if (!place.task) {
    if (place.question) return refused(RejectionCode::unknown_task, field + ".task");
    return std::nullopt;
  }
  // Numbers run from 1 without gaps.
  const auto tasks = static_cast<int>(programme.tasks.size());
  if (*place.task < 1 || *place.task > tasks) {
    return refused(RejectionCode::unknown_task, field + ".task");
  }
  if (!place.question) return std::nullopt;
  const auto& questions = programme.tasks[static_cast<std::size_t>(*place.task) - 1].questions;
  const auto question = std::find_if(questions.begin(), questions.end(), [&](const auto& each) {
    return each.number == *place.question && (!each.room || *each.room == room);
  });
  if (question != questions.end()) return std::nullopt;
  return refused(RejectionCode::unknown_question, field + ".question");
}

bool is_closed(const Workshop& workshop, const Place& place) {
  const auto& sittings = workshop.sittings;
  if (!place.task) {
    return std::all_of(sittings.begin(), sittings.end(),
                       [](const auto& entry) { return is_closed(entry.second); });
  }
  const auto* task = find_task(workshop, *place.task);
  if (!task) return false;
  const auto found = sittings.find(task->sitting);
  return found != sittings.end() && is_closed(found->second);
}

Fault closed_to(const Workshop& workshop, RoomNumber room, const Place& place,
                const Context& context) {
  if (by_organiser(context)) return std::nullopt;
  const auto* found = find_room(workshop, room);
  if (found && found->closed) return refused(RejectionCode::room_closed, "room");
  if (is_closed(workshop, place)) return refused(RejectionCode::sitting_closed);
  return std::nullopt;
}

}  // namespace rundbord
