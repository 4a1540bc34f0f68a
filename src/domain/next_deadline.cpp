#include "domain/decide.hpp"

namespace rundbord {
namespace {

std::optional<Time> deadline_of(const SittingProgress& progress) {
  switch (progress.state) {
    case SittingState::called_back:
      return progress.steps_end_at;
    case SittingState::writing:
      return progress.texts_close_at;
    case SittingState::planned:
    case SittingState::open:
    case SittingState::closed:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Time> next_deadline(const Workshop& workshop) {
  std::optional<Time> next;
  for (const auto& [number, progress] : workshop.sittings) {
    const auto deadline = deadline_of(progress);
    if (deadline && (!next || *deadline < *next)) next = deadline;
  }
  return next;
}

}  // namespace rundbord
