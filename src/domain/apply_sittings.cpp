// What events of sittings and their revisions do to the state.
#include "domain/applies.hpp"

namespace rundbord {

void apply(Workshop& workshop, const SittingChanged& event, Time) {
  workshop.sittings.at(event.progress.sitting) = event.progress;
}

void apply(Workshop& workshop, const SittingRevised& event, Time) {
  auto& progress = workshop.sittings.at(event.sitting);
  progress.revision = event.revision;
  progress.checksum.clear();
}

void apply(Workshop& workshop, const RevisionSealed& event, Time) {
  workshop.sittings.at(event.sitting).checksum = event.checksum;
}

}  // namespace rundbord
