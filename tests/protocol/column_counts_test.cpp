// The counts kept from note to note are those that counting anew gives.
#include "protocol/column_counts.hpp"

#include "catch.hpp"
#include "domain/evolve.hpp"
#include "domain/given.hpp"
#include "domain/random_commands.hpp"

using namespace rundbord;
using namespace rundbord::protocol;
namespace t = rundbord::testing;

namespace {

struct Touched {
  RoomNumber room{};
  NoteId note;
  std::vector<Place> places;
};

// Of the events after which the console gets counts.
std::optional<Touched> touched_by(const Event& event) {
  if (const auto* written = std::get_if<NoteWritten>(&event)) {
    return Touched{written->note.room, written->note.id, {written->note.place}};
  }
  if (const auto* moved = std::get_if<NoteMoved>(&event)) {
    return Touched{moved->room, moved->note, {moved->from, moved->to}};
  }
  std::optional<Touched> touched;
  const auto take = [&](const auto* event) {
    if (event) touched = Touched{event->room, event->note, {event->place}};
  };
  take(std::get_if<NoteEdited>(&event));
  take(std::get_if<NoteDeleted>(&event));
  take(std::get_if<NoteRestored>(&event));
  take(std::get_if<NoteMarked>(&event));
  return touched;
}

// More about notes than other random runs, some of them answering nothing.
Command about_notes(const t::Draw& draw) {
  const auto note = t::note_id(draw.a % 12);
  const Place place{1, 1 + draw.c % 3};
  const auto text = t::words(draw.c % 2 ? "an answer" : "Question 1?");
  switch (draw.b % 6) {
    case 0:
      return EditNote{note, 1 + draw.c % 3, text};
    case 1:
      return DeleteNote{note};
    case 2:
      return RestoreNote{note};
    case 3:
      return MoveNote{note, place, {}};
    default:
      return WriteNote{note, t::room_1, place, NoteKind::idea, text, {}, {}};
  }
}

}  // namespace

TEST_CASE("column counts kept note by note are those of counting anew") {
  std::size_t compared = 0;
  std::size_t unanswered = 0;
  CHECK(rc::check([&] {
    const auto draw = rc::gen::resize(rc::kNominalSize, t::any_draw());
    const auto draws = *rc::gen::resize(300, rc::gen::container<std::vector<t::Draw>>(draw));
    auto scene = t::given_people();
    ColumnCounts counts;
    for (const auto& drawn : draws) {
      const auto command =
          drawn.kind % 4 ? about_notes(drawn) : t::command_of(scene.state(), drawn);
      const auto decision = decide(scene.state(), command, {scene.now(), ByOrganiser{}, {}});
      const auto* decided = std::get_if<Decided>(&decision);
      if (!decided) continue;
      scene.with(decided->events);
      for (const auto& event : decided->events) {
        counts.forget_if_changed(event);
        const auto touched = touched_by(event);
        if (!touched) continue;
        const auto& room = scene.state().rooms.at(touched->room);
        for (const auto& place : touched->places) {
          const auto kept = counts.after_change(scene.state(), touched->room, place, touched->note);
          RC_ASSERT(kept == count_column(scene.state(), room, place));
          ++compared;
          unanswered += static_cast<std::size_t>(kept.unanswered);
        }
      }
    }
  }));
  CHECK(compared > 1'000);
  CHECK(unanswered > 0);
}

TEST_CASE("a corrected question makes counts start anew") {
  auto scene = t::given_people();
  ColumnCounts counts;
  const auto write = [&](int number) {
    const WriteNote command{t::note_id(number),       t::room_1, {1, 1}, NoteKind::idea,
                            t::words("New wording?"), {},        {}};
    scene.after(command, ByOrganiser{});
    return counts.after_change(scene.state(), t::room_1, {1, 1}, command.note);
  };
  CHECK(write(1) == ColumnCount{1, 0});
  const CorrectQuestion correct{1, 1, t::in_english("New wording?")};
  const auto outcome = scene.when(correct, ByOrganiser{});
  REQUIRE(outcome.accepted());
  for (const auto& event : outcome.decided().events) counts.forget_if_changed(event);
  scene.after(correct, ByOrganiser{});
  CHECK(write(2) == ColumnCount{2, 2});
}
