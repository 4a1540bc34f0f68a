// What events of notes do to the state. A deleted note keeps its place in the column, so that it
// comes back where it stood.
#include <algorithm>

#include "domain/applies.hpp"

namespace rundbord {
namespace {

using Column = std::vector<NoteId>;

void take_out(Column& column, const NoteId& note) {
  column.erase(std::remove(column.begin(), column.end(), note), column.end());
}

void put_in(Column& column, const NoteId& note, const std::optional<NoteId>& before) {
  const auto at = before ? std::find(column.begin(), column.end(), *before) : column.end();
  column.insert(at, note);
}

}  // namespace

void apply(Workshop& workshop, const NoteWritten& event, Time) {
  const auto& note = event.note;
  workshop.rooms.at(note.room).columns[note.place].push_back(note.id);
  workshop.notes[note.id] = note;
  if (note.author) workshop.notes_by_author[*note.author].insert(note.id);
}

void apply(Workshop& workshop, const NoteEdited& event, Time) {
  auto& note = workshop.notes.at(event.note);
  note.text = event.text;
  note.version = event.version;
  note.edited_by_other = note.edited_by_other || event.by_other;
}

void apply(Workshop& workshop, const NoteDeleted& event, Time) {
  workshop.notes.at(event.note).deleted = true;
}

void apply(Workshop& workshop, const NoteRestored& event, Time) {
  workshop.notes.at(event.note).deleted = false;
}

void apply(Workshop& workshop, const NoteMoved& event, Time) {
  auto& note = workshop.notes.at(event.note);
  auto& columns = workshop.rooms.at(event.room).columns;
  const auto from = columns.find(event.from);
  take_out(from->second, event.note);
  if (from->second.empty() && event.from != event.to) columns.erase(from);
  put_in(columns[event.to], event.note, event.before);
  note.place = event.to;
}

void apply(Workshop& workshop, const NoteMarked& event, Time) {
  auto& note = workshop.notes.at(event.note);
  note.kind = event.kind;
  note.from = event.from;
  note.from_organisation = event.from_organisation;
}

// Each stands last in its column, in the order given: so it is for those who did not see it before.
void apply(Workshop& workshop, const NotesRevealed& event, Time) {
  auto& columns = workshop.rooms.at(event.room).columns;
  for (const auto& revealed : event.notes) {
    workshop.notes.at(revealed.note).is_private = false;
    auto& column = columns.at(revealed.place);
    take_out(column, revealed.note);
    column.push_back(revealed.note);
  }
}

}  // namespace rundbord
