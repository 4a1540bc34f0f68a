#include "domain/reveal.hpp"

#include <algorithm>

#include "domain/lap.hpp"

namespace rundbord {
namespace {

bool anybody_there(const Lap& lap) {
  return std::any_of(lap.order.begin(), lap.order.end(),
                     [](const LapTurn& turn) { return turn.state != TurnState::absent; });
}

// A lap in which everybody is absent is not over: their devices may only have lost the network.
std::optional<Event> reveal_in_lap(const Workshop& workshop, RoomNumber room, const Lap& lap) {
  if (const auto seat = speaker(lap)) return reveal_notes(workshop, room, seat);
  if (anybody_there(lap)) return reveal_notes(workshop, room);
  return std::nullopt;
}

}  // namespace

std::optional<Event> reveal_notes(const Workshop& workshop, RoomNumber room,
                                  const std::optional<SeatId>& author) {
  const auto* place = find_room(workshop, room);
  if (!place) return std::nullopt;
  NotesRevealed revealed{room, {}};
  for (const auto& [column, notes] : place->columns) {
    for (const auto& id : notes) {
      const auto* note = find_note(workshop, id);
      if (!note || !note->is_private || note->deleted) continue;
      if (!author || note->author == author) revealed.notes.push_back({id, note->place});
    }
  }
  if (revealed.notes.empty()) return std::nullopt;
  return revealed;
}

std::optional<Event> reveal_for(const Workshop& workshop, RoomNumber room,
                                const std::optional<RoomStep>& step) {
  if (step && step->kind == StepKind::silent) return std::nullopt;
  if (step && step->lap) return reveal_in_lap(workshop, room, *step->lap);
  return reveal_notes(workshop, room);
}

}  // namespace rundbord
