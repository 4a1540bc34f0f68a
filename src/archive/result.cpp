#include "archive/result.hpp"

#include <algorithm>

#include "domain/utf16.hpp"

namespace rundbord::archive {
namespace {

class ResultMaker {
 public:
  ResultMaker(const Folded& folded, const ResultOptions& options)
      : workshop_(folded.workshop), names_(folded.names), options_(options) {}

  Result make() const {
    const auto& settings = workshop_.settings;
    Result result{workshop_.id,
                  words_in(settings.title, settings.language),
                  settings.language,
                  state(),
                  settings.label,
                  {},
                  {},
                  {},
                  workshop_.created};
    for (const auto& sitting : workshop_.programme.sittings) {
      if (wanted(sitting.number)) result.sittings.push_back(sitting);
    }
    for (const auto& task : workshop_.programme.tasks) {
      if (wanted(task.sitting)) result.tasks.push_back(for_room(task));
    }
    for (const auto& [number, room] : workshop_.rooms) {
      if (!options_.room || *options_.room == number) result.rooms.push_back(make_room(room));
    }
    return result;
  }

 private:
  bool wanted(int sitting) const { return !options_.sitting || *options_.sitting == sitting; }

  // Without the own questions of rooms that are not asked for.
  Task for_room(Task task) const {
    if (!options_.room) return task;
    auto& questions = task.questions;
    questions.erase(std::remove_if(questions.begin(), questions.end(),
                                   [&](const Question& question) {
                                     return question.room && question.room != options_.room;
                                   }),
                    questions.end());
    return task;
  }

  std::string state() const {
    const auto& sittings = workshop_.sittings;
    const auto all = [&](SittingState state) {
      return std::all_of(sittings.begin(), sittings.end(),
                         [&](const auto& entry) { return entry.second.state == state; });
    };
    if (all(SittingState::planned)) return "draft";
    return all(SittingState::closed) ? "closed" : "live";
  }

  // The programme's order: each task's questions, what its rooms left unassigned, the room's own.
  std::vector<Place> places() const {
    std::vector<Place> places;
    for (const auto& task : workshop_.programme.tasks) {
      if (!wanted(task.sitting)) continue;
      for (const auto& question : task.questions) places.push_back({task.number, question.number});
      places.push_back({task.number, std::nullopt});
    }
    places.push_back({});
    return places;
  }

  ResultRoom make_room(const Room& room) const {
    ResultRoom made{room.number, room.label.utf8, {}, {}, {}, {}};
    for (const auto* seat : seats_in(workshop_, room.number)) {
      made.seats.push_back(make_seat(room, *seat));
    }
    for (const auto& place : places()) {
      add_notes(room, place, made.notes);
      add_summary(room, place, made.summaries);
    }
    for (const auto& sign_off : room.sign_offs) {
      made.sign_offs.push_back(
          {sign_off.task, person(sign_off.seat), sign_off.dissent.utf8, sign_off.dissent.erased});
    }
    return made;
  }

  ResultSeat make_seat(const Room& room, const Seat& seat) const {
    ResultSeat made{seat.id, seat.number, person(seat.id), organisation(seat.id), {}};
    for (const auto& [role, holder] : room.roles) {
      if (holder.seat == seat.id) made.roles.push_back(role);
    }
    return made;
  }

  std::optional<std::string> person(const SeatId& seat) const {
    const auto name = names_.find(seat);
    if (!options_.names || name == names_.end()) return std::nullopt;
    return name->second.person.utf8;
  }
  std::string organisation(const SeatId& seat) const {
    const auto name = names_.find(seat);
    return name == names_.end() ? std::string() : name->second.organisation.utf8;
  }

  void add_notes(const Room& room, const Place& place, std::vector<ResultNote>& notes) const {
    const auto column = room.columns.find(place);
    if (column == room.columns.end()) return;
    for (const auto& id : column->second) {
      const auto* note = find_note(workshop_, id);
      if (!note || note->deleted || note->is_private) continue;
      const bool shown = note->author_shown && workshop_.settings.authorship == Authorship::shown;
      notes.push_back({note->id, place, note->kind, note->text.utf8,
                       shown ? note->author : std::nullopt, from(*note), note->written,
                       note->text.erased});
    }
  }

  std::optional<std::string> from(const Note& note) const {
    if (!options_.names) return std::nullopt;
    if (note.from) {
      auto name = person(*note.from);
      if (name && name->empty()) name = organisation(*note.from);
      return name;
    }
    if (note.from_organisation.empty()) return std::nullopt;
    return note.from_organisation.utf8;
  }

  void add_summary(const Room& room, const Place& place,
                   std::vector<ResultSummary>& summaries) const {
    const auto text = room.texts.find(place);
    if (text == room.texts.end()) return;
    const bool erased = text->second.is_erased();
    if (text->second.text().empty() && !erased) return;
    const bool signed_off = std::any_of(
        room.sign_offs.begin(), room.sign_offs.end(),
        [&](const SignOff& sign_off) { return !sign_off.task || sign_off.task == place.task; });
    summaries.push_back({place, to_utf8(text->second.text()).value_or(""), text->second.version(),
                         signed_off, erased});
  }

  const Workshop& workshop_;
  const protocol::Names& names_;
  const ResultOptions& options_;
};

}  // namespace

Result make_result(const Folded& folded, const ResultOptions& options) {
  auto result = ResultMaker(folded, options).make();
  if (folded.chain) result.as_of = AsOf{folded.workshop.seq, *folded.chain};
  return result;
}

}  // namespace rundbord::archive
