// The order of a board: moving notes by hand and at random, against plain lists that do the same.
#include <rapidcheck.h>

#include <algorithm>
#include <ostream>

#include "catch.hpp"
#include "given.hpp"

using namespace rundbord;
using namespace rundbord::testing;

namespace {

const Place question_1{1, 1};
const Place question_2{1, 2};

using Column = std::vector<int>;

Note note_at(int id, const Place& place, bool is_private = false) {
  Note note;
  note.id = note_id(id);
  note.room = room_1;
  note.place = place;
  note.written_in = place;
  note.text = words("a");
  note.author = kari;
  note.is_private = is_private;
  return note;
}

Given three_notes() {
  return given_people({NoteWritten{note_at(1, question_1)}, NoteWritten{note_at(2, question_1)},
                       NoteWritten{note_at(3, question_1)}});
}

// The notes people see in a column, by number.
Column seen(const Workshop& workshop, const Place& place) {
  Column column;
  const auto& columns = workshop.rooms.at(room_1).columns;
  const auto found = columns.find(place);
  if (found == columns.end()) return column;
  for (const auto& id : found->second) {
    const auto& note = workshop.notes.at(id);
    if (!note.deleted && !note.is_private) column.push_back(id.bytes[1]);
  }
  return column;
}

}  // namespace

TEST_CASE("a note is moved before another, or last") {
  auto scene = three_notes();
  const auto first = scene.when(MoveNote{note_id(3), question_1, note_id(1)}, by(kari));
  first.then({NoteMoved{note_id(3), room_1, question_1, question_1, {}, note_id(1)}});
  CHECK(seen(first.state(), question_1) == Column{3, 1, 2});
  const auto last = scene.when(MoveNote{note_id(1), question_1, {}}, by(kari));
  CHECK(seen(last.state(), question_1) == Column{2, 3, 1});
}

TEST_CASE("a note moved to another column stays known by where it was written") {
  const auto outcome = three_notes().when(MoveNote{note_id(2), question_2, {}}, by(kari));
  outcome.then({NoteMoved{note_id(2), room_1, question_1, question_2, {}, {}}});
  CHECK(seen(outcome.state(), question_1) == Column{1, 3});
  CHECK(seen(outcome.state(), question_2) == Column{2});
  CHECK(outcome.state().notes.at(note_id(2)).place == question_2);
  CHECK(outcome.state().notes.at(note_id(2)).written_in == question_1);
}

TEST_CASE("a neighbour that is not there means last") {
  auto scene = three_notes();
  scene.with({NoteWritten{note_at(4, question_2)}});
  scene.when(MoveNote{note_id(1), question_1, note_id(4)}, by(kari))
      .then({NoteMoved{note_id(1), room_1, question_1, question_1, {}, {}}});
  scene.with({NoteDeleted{note_id(3), room_1, question_1, {}}});
  scene.when(MoveNote{note_id(1), question_1, note_id(3)}, by(kari))
      .then({NoteMoved{note_id(1), room_1, question_1, question_1, {}, {}}});
}

TEST_CASE("moving a note to where it stands is nothing") {
  auto scene = three_notes();
  scene.when(MoveNote{note_id(3), question_1, {}}, by(kari)).then_nothing();
  scene.when(MoveNote{note_id(1), question_1, note_id(2)}, by(kari)).then_nothing();
  scene.when(MoveNote{note_id(1), question_1, note_id(1)}, by(kari)).then_nothing();
}

TEST_CASE("nobody learns of a private note by moving one beside it") {
  auto scene = three_notes();
  auto hidden = note_at(4, question_1, true);
  hidden.author = ola;
  scene.with({NoteWritten{hidden}});
  scene.when(MoveNote{note_id(1), question_1, note_id(4)}, by(kari))
      .then({NoteMoved{note_id(1), room_1, question_1, question_1, {}, {}}});
  scene.when(MoveNote{note_id(3), question_1, {}}, by(kari)).then_nothing();
}

TEST_CASE("notes are moved only to places that exist and are open") {
  auto scene = three_notes();
  scene.when(MoveNote{note_id(1), {1, 9}, {}}, by(kari))
      .refused(RejectionCode::unknown_question, "to.question");
  scene.when(MoveNote{note_id(1), {9, {}}, {}}, by(kari))
      .refused(RejectionCode::unknown_task, "to.task");
  scene.with({SittingChanged{progress(2, SittingState::closed)}});
  scene.when(MoveNote{note_id(1), {2, 1}, {}}, by(kari)).refused(RejectionCode::sitting_closed);
}

// --- at random
// ------------------------------------------------------------------------------------

namespace {

// The same board as plain lists: what is shown, and behind which note each deleted one waits.
class Lists {
 public:
  void write(int note, const Place& place) { columns_[place].push_back({note, false}); }
  void show(int note, bool shown) {
    for (auto& [place, column] : columns_) {
      for (auto& entry : column) {
        if (entry.note == note) entry.deleted = !shown;
      }
    }
  }
  void move(int note, const Place& to, std::optional<int> before) {
    if (!is_shown(note)) return;
    const bool stays = place_of(note) == to;
    if (stays && before == note) return;
    if (!can_stand_before(before, note, to)) before.reset();
    if (stays && next_shown(note) == before) return;
    auto& from = columns_[*place_of(note)];
    from.erase(std::find(from.begin(), from.end(), note));
    auto& column = columns_[to];
    column.insert(before ? std::find(column.begin(), column.end(), *before) : column.end(),
                  {note, false});
  }
  Column shown(const Place& place) const {
    Column column;
    const auto found = columns_.find(place);
    if (found == columns_.end()) return column;
    for (const auto& entry : found->second) {
      if (!entry.deleted) column.push_back(entry.note);
    }
    return column;
  }

 private:
  struct Entry {
    int note;
    bool deleted;
    bool operator==(int other) const { return note == other; }
  };

  std::optional<Place> place_of(int note) const {
    for (const auto& [place, column] : columns_) {
      if (std::find(column.begin(), column.end(), note) != column.end()) return place;
    }
    return std::nullopt;
  }
  bool can_stand_before(std::optional<int> before, int note, const Place& place) const {
    return before && *before != note && place_of(*before) == place && is_shown(*before);
  }
  bool is_shown(int note) const {
    const auto place = place_of(note);
    if (!place) return false;
    const auto column = shown(*place);
    return std::find(column.begin(), column.end(), note) != column.end();
  }
  std::optional<int> next_shown(int note) const {
    const auto column = shown(*place_of(note));
    const auto at = std::find(column.begin(), column.end(), note) + 1;
    return at == column.end() ? std::nullopt : std::optional<int>(*at);
  }

  std::map<Place, std::vector<Entry>> columns_;
};

struct Turn {
  int what = 0;
  int note = 0;
  int place = 0;
  int before = 0;
};

std::ostream& operator<<(std::ostream& out, const Turn& turn) {
  return out << '{' << turn.what << ", " << turn.note << ", " << turn.place << ", " << turn.before
             << '}';
}

const std::vector<Place> places{question_1, question_2, {1, {}}, {}};

Command command_of(const Turn& turn) {
  const auto note = note_id(turn.note);
  const auto& place = places[static_cast<std::size_t>(turn.place)];
  switch (turn.what) {
    case 0:
      return WriteNote{note, room_1, place, NoteKind::idea, words("a"), {}, {}};
    case 1:
      return DeleteNote{note};
    case 2:
      return RestoreNote{note};
    default:
      return MoveNote{note, place,
                      turn.before ? std::optional(note_id(turn.before)) : std::nullopt};
  }
}

void do_likewise(Lists& lists, const Turn& turn) {
  const auto& place = places[static_cast<std::size_t>(turn.place)];
  switch (turn.what) {
    case 0:
      return lists.write(turn.note, place);
    case 1:
      return lists.show(turn.note, false);
    case 2:
      return lists.show(turn.note, true);
    default:
      return lists.move(turn.note, place, turn.before ? std::optional(turn.before) : std::nullopt);
  }
}

rc::Gen<Turn> any_turn() {
  return rc::gen::build<Turn>(rc::gen::set(&Turn::what, rc::gen::inRange(0, 6)),
                              rc::gen::set(&Turn::note, rc::gen::inRange(1, 13)),
                              rc::gen::set(&Turn::place, rc::gen::inRange(0, 4)),
                              rc::gen::set(&Turn::before, rc::gen::inRange(0, 13)));
}

}  // namespace

TEST_CASE("after random turns the board stands as plain lists do") {
  const bool holds = rc::check([] {
    auto workshop = given_people().state();
    Lists lists;
    const auto turns = *rc::gen::container<std::vector<Turn>>(any_turn());
    for (const auto& turn : turns) {
      const auto decision = decide(workshop, command_of(turn), {now, by(kari), std::nullopt});
      const auto* decided = std::get_if<Decided>(&decision);
      if (!decided) continue;
      fold(workshop, decided->events, now);
      do_likewise(lists, turn);
      RC_ASSERT(broken_invariants(workshop) == std::vector<std::string>{});
      for (const auto& place : places) RC_ASSERT(seen(workshop, place) == lists.shown(place));
    }
  });
  CHECK(holds);
}

// What a client does with the events alone: `before` and the place are enough to keep the order.
namespace {

struct View {
  std::map<Place, Column> columns;

  void put(int note, const Place& place, const std::optional<NoteId>& before) {
    for (auto& [at, column] : columns) {
      column.erase(std::remove(column.begin(), column.end(), note), column.end());
    }
    auto& column = columns[place];
    const auto at =
        before ? std::find(column.begin(), column.end(), int{before->bytes[1]}) : column.end();
    column.insert(at, note);
  }
  void see(const NoteWritten& event) { put(event.note.id.bytes[1], event.note.place, {}); }
  void see(const NoteRestored& event) { put(event.note.bytes[1], event.place, event.before); }
  void see(const NoteMoved& event) { put(event.note.bytes[1], event.to, event.before); }
  void see(const NoteDeleted& event) {
    auto& column = columns[event.place];
    column.erase(std::remove(column.begin(), column.end(), event.note.bytes[1]), column.end());
  }
  template <class Other>
  void see(const Other&) {}
};

}  // namespace

TEST_CASE("a view that knows only the events keeps the same order") {
  const bool holds = rc::check([] {
    auto workshop = given_people().state();
    View view;
    const auto turns = *rc::gen::container<std::vector<Turn>>(any_turn());
    for (const auto& turn : turns) {
      const auto decision = decide(workshop, command_of(turn), {now, by(kari), std::nullopt});
      const auto* decided = std::get_if<Decided>(&decision);
      if (!decided) continue;
      fold(workshop, decided->events, now);
      for (const auto& event : decided->events) {
        std::visit([&](const auto& each) { view.see(each); }, event);
      }
      for (const auto& place : places) RC_ASSERT(seen(workshop, place) == view.columns[place]);
    }
  });
  CHECK(holds);
}
