// What events of erasing do to the state: no word of what was erased stays in it. When the log is
// read again the words may be gone already; the outcome is the same.
#include <algorithm>

#include "domain/applies.hpp"

namespace rundbord {
namespace {

// Assigned, not cleared: a cleared string keeps its bytes.
void forget(Text& text) {
  text = Text{};
}

void erase_notes(Workshop& workshop, const std::vector<NoteId>& notes) {
  for (const auto& id : notes) {
    auto& note = workshop.notes.at(id);
    forget(note.text);
    forget(note.from_organisation);
    note.text.erased = true;
  }
}

void erase_person(Workshop& workshop, const SeatId& seat) {
  for (auto& [id, note] : workshop.notes) {
    if (note.author == seat || note.from == seat) forget(note.from_organisation);
  }
}

void erase_question(Workshop& workshop, const ErasedQuestion& at) {
  auto& task = workshop.programme.tasks.at(static_cast<std::size_t>(at.task) - 1);
  task.questions.at(static_cast<std::size_t>(at.question) - 1).earlier.clear();
}

}  // namespace

void apply(Workshop& workshop, const ErasureOrdered& event, Time) {
  workshop.erasures = event.erasure;
  erase_notes(workshop, event.what.notes);
  for (const auto& seat : event.what.people) erase_person(workshop, seat);
  for (const auto& text : event.what.texts) {
    workshop.rooms.at(text.room).texts.at(text.place).erase();
  }
  for (const auto& question : event.what.questions) erase_question(workshop, question);
}

void apply(Workshop& workshop, const ErasureFinished& event, Time) {
  workshop.erasures_finished = event.erasure;
  for (const auto& redacted : event.revisions) {
    auto& progress = workshop.sittings.at(redacted.sitting);
    const bool is_newest = progress.revision == redacted.revision;
    if (is_newest && !progress.checksum.empty()) progress.checksum = redacted.checksum;
  }
}

void apply(Workshop& workshop, const SeatAnonymised& event, Time) {
  const auto seat = workshop.seats.find(event.seat);
  if (seat != workshop.seats.end()) seat->second.name_version = event.version;
}

void apply(Workshop& workshop, const MessageErased& event, Time) {
  workshop.messages.erase(
      std::remove_if(workshop.messages.begin(), workshop.messages.end(),
                     [&](const Message& message) { return message.id == event.message; }),
      workshop.messages.end());
}

}  // namespace rundbord
