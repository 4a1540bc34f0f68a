// The lap: order, turns, sharing out the time, and people who come, go and return meanwhile.
#include "domain/lap.hpp"

#include "given.hpp"

using namespace rundbord;
using namespace rundbord::testing;
using enum RejectionCode;

namespace {

// Room 1 in the lap of nine minutes: Kari has the word, Ola and Per wait, three minutes each.
Given in_lap(const std::vector<Event>& before = {}) {
  return given_people(before).after(StartStep{{room_1}, lap_1, {}}, organiser);
}
EndTurn spoke(const SeatId& seat) {
  return {seat, TurnEnd::spoke};
}
EndTurn passes(const SeatId& seat) {
  return {seat, TurnEnd::passed};
}
EndTurn comes_back(const SeatId& seat) {
  return {seat, TurnEnd::come_back};
}

const Lap& lap_of(const Workshop& workshop, RoomNumber room = room_1) {
  return *workshop.rooms.at(room).step->lap;
}
std::string turns(const Lap& lap) {
  std::string text;
  for (const auto& turn : lap.order) {
    const auto* name = turn.seat == kari  ? "kari"
                       : turn.seat == ola ? "ola"
                       : turn.seat == per ? "per"
                       : turn.seat == eva ? "eva"
                                          : "new";
    text += (text.empty() ? "" : ", ") + std::string(name) + " " + std::string(name_of(turn.state));
  }
  return text;
}
std::string turns(const Outcome& outcome) {
  return turns(lap_of(outcome.state()));
}
std::string turns(const Given& scene) {
  return turns(lap_of(scene.state()));
}
Clock turn_clock(const Outcome& outcome) {
  return lap_of(outcome.state()).turn_clock;
}
Clock runs(Duration length, Time from) {
  return RunningClock{from + length, length};
}

Event absence(const SeatId& seat) {
  return SeatPresenceChanged{seat, room_1, true, false};
}

Given facilitated(FacilitatorTurn turn) {
  auto settings = small_settings();
  settings.facilitator_turn = turn;
  return given_people({SettingsChanged{settings}, joined(eva, room_1, 4)});
}

Event private_note(int n, const SeatId& author) {
  Note note;
  note.id = note_id(n);
  note.room = room_1;
  note.place = note.written_in = {1, 1};
  note.text = words("thought");
  note.author = author;
  note.is_private = true;
  return NoteWritten{note};
}
NotesRevealed revealed(std::vector<int> notes) {
  NotesRevealed event{room_1, {}};
  for (const int n : notes) event.notes.push_back({note_id(n), {1, 1}});
  return event;
}

}  // namespace

TEST_CASE("a lap goes by seat number, and the first has the word at once") {
  const auto scene = in_lap();
  CHECK(turns(scene) == "kari speaking, ola waiting, per waiting");
  CHECK(lap_of(scene.state()).turn_clock == runs(minutes(3), now));
  CHECK(lap_of(scene.state()).round == 1);
}

TEST_CASE("the absent are listed and skipped, and the time is shared by the others") {
  const auto scene = in_lap({absence(kari)});
  CHECK(turns(scene) == "kari absent, ola speaking, per waiting");
  CHECK(lap_of(scene.state()).turn_clock == runs(Duration(minutes(9)) / 2, now));
}

TEST_CASE("the facilitator speaks first, in the middle or last, as the organiser wishes") {
  const auto order = [](FacilitatorTurn turn, const char* role) {
    auto scene = facilitated(turn).with({holds(room_1, role, ola)});
    return turns(scene.after(StartStep{{room_1}, lap_1, {}}, organiser));
  };
  CHECK(order(FacilitatorTurn::first, "facilitator") ==
        "ola speaking, kari waiting, per waiting, eva waiting");
  CHECK(order(FacilitatorTurn::middle, "facilitator") ==
        "kari speaking, per waiting, ola waiting, eva waiting");
  CHECK(order(FacilitatorTurn::last, "facilitator") ==
        "kari speaking, per waiting, eva waiting, ola waiting");
  CHECK(order(FacilitatorTurn::last, "note_taker") ==
        "kari speaking, ola waiting, per waiting, eva waiting");
}

TEST_CASE("whoever leads the steps is the facilitator where the role has another name") {
  auto scene = facilitated(FacilitatorTurn::last)
                   .with({RolesDefined{{role("leader", {Right::lead_steps})}},
                          holds(room_1, "leader", kari)});
  scene.after(StartStep{{room_1}, lap_1, {}}, organiser);
  CHECK(turns(scene) == "ola speaking, per waiting, eva waiting, kari waiting");
}

TEST_CASE("a room of one has a lap of one") {
  const auto outcome = given_people().when(StartStep{{room_2}, lap_1, {}}, by(eva));
  CHECK(turns(lap_of(outcome.state(), room_2)) == "eva speaking");
}

TEST_CASE("a lap in an empty room begins when somebody comes") {
  auto scene = given_people().after(StartStep{{room_3}, lap_1, {}}, organiser);
  CHECK(lap_of(scene.state(), room_3).order.empty());
  scene.after(MoveSeat{eva, room_3}, by(eva));
  CHECK(turns(lap_of(scene.state(), room_3)) == "eva speaking");
}

TEST_CASE("ending a turn gives the word to the next, with a share of what is left") {
  const auto outcome = in_lap().later(minutes(1)).when(spoke(kari), by(kari));
  CHECK(turns(outcome) == "kari spoke, ola speaking, per waiting");
  CHECK(turn_clock(outcome) == runs(minutes(4), now + minutes(1)));
  const auto changes = outcome.all<LapChanged>();
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].cause == LapCause::turn_ended);
}

TEST_CASE("speaking in a lap counts as heard, passing does not") {
  auto scene = in_lap().after(spoke(kari), by(kari)).after(passes(ola), by(ola));
  CHECK(scene.state().seats.at(kari).heard == 1);
  CHECK(scene.state().seats.at(ola).heard == 0);
  CHECK(turns(scene) == "kari spoke, ola passed, per speaking");
}

TEST_CASE("after overtime the next has no time left, and still has the word") {
  const auto outcome = in_lap().later(minutes(20)).when(spoke(kari), by(kari));
  CHECK(turns(outcome) == "kari spoke, ola speaking, per waiting");
  CHECK(turn_clock(outcome) == runs(minutes(0), now + minutes(20)));
}

TEST_CASE("whoever comes back later is last, and at once if alone") {
  auto scene = in_lap().after(comes_back(kari), by(kari));
  CHECK(turns(scene) == "ola speaking, per waiting, kari waiting");
  scene.after(spoke(ola), by(ola)).after(spoke(per), by(ola));
  CHECK(turns(scene.when(comes_back(kari), by(kari))) == "ola spoke, per spoke, kari speaking");
  CHECK(turns(scene.when(passes(kari), by(kari))) == "ola spoke, per spoke, kari passed");
}

TEST_CASE("when everybody has spoken the lap is over and the room stays in the step") {
  auto scene = in_lap().after(spoke(kari), by(kari)).after(spoke(ola), by(ola));
  const auto outcome = scene.when(spoke(per), by(ola));
  CHECK(turns(outcome) == "kari spoke, ola spoke, per spoke");
  CHECK(std::holds_alternative<NoClock>(turn_clock(outcome)));
  CHECK(outcome.state().rooms.at(room_1).step->at == lap_1);
}

TEST_CASE("a turn is ended by its speaker, by a member's host, or by whoever gives the turns") {
  const auto led = holds(room_1, "facilitator", ola);
  in_lap({led}).when(spoke(kari), by(kari)).accepted();
  in_lap({led}).when(spoke(kari), by(ola)).accepted();
  in_lap({holds(room_1, "facilitator", kari)}).when(spoke(ola), by(per)).refused(forbidden);
  auto per_speaks = in_lap({holds(room_1, "facilitator", kari)}).after(passes(ola), by(kari));
  per_speaks.when(spoke(per), by(ola)).accepted();
  in_lap().when(spoke(kari), by(ola)).accepted();
  in_lap().when(spoke(kari), by(eva)).refused(foreign_seat);
}

TEST_CASE("a turn that somebody else has by now is not ended") {
  in_lap().when(spoke(ola), by(ola)).refused(not_your_turn, "seat");
  in_lap().after(spoke(kari), by(kari)).when(spoke(kari), by(ola)).refused(not_your_turn, "seat");
  given_people().when(spoke(kari), by(kari)).refused(no_lap);
}

TEST_CASE("the turn is given to anybody who is there; whoever had it waits") {
  auto scene = in_lap().later(minutes(3));
  const auto outcome = scene.when(GiveTurn{per}, by(kari));
  CHECK(turns(outcome) == "kari waiting, ola waiting, per speaking");
  CHECK(turn_clock(outcome) == runs(minutes(2), now + minutes(3)));
  CHECK(outcome.all<LapChanged>().at(0).cause == LapCause::turn_given);
  scene.when(GiveTurn{kari}, by(ola)).then_nothing();
  scene.when(GiveTurn{eva}, by(ola)).refused(foreign_seat);
  in_lap({absence(ola)}).when(GiveTurn{ola}, by(kari)).refused(not_your_turn, "seat");
  in_lap({holds(room_1, "facilitator", ola)}).when(GiveTurn{per}, by(kari)).refused(forbidden);
  given_people().when(GiveTurn{per}, by(kari)).refused(no_lap);
}

TEST_CASE("somebody who passed can still be given the turn") {
  auto scene = in_lap().after(passes(kari), by(kari));
  CHECK(turns(scene.when(GiveTurn{kari}, by(ola))) == "kari speaking, ola waiting, per waiting");
}

TEST_CASE("those waiting are put in another order; the others keep their places") {
  CHECK(turns(in_lap().when(OrderLap{room_1, {per, ola}}, by(kari))) ==
        "kari speaking, per waiting, ola waiting");
  in_lap().when(OrderLap{room_1, {ola, per}}, by(kari)).then_nothing();
}

TEST_CASE("an order that does not name exactly those waiting is refused") {
  for (const auto& order : std::vector<std::vector<SeatId>>{
           {per}, {per, ola, kari}, {per, per}, {per, ola, ola}, {per, eva}, {}}) {
    in_lap().when(OrderLap{room_1, order}, by(kari)).refused(stale_position, "order");
  }
  given_people().when(OrderLap{room_1, {per, ola}}, by(kari)).refused(no_lap);
}

TEST_CASE("a second lap takes everybody again, with as much time") {
  auto scene = in_lap().after(spoke(kari), by(kari)).after(passes(ola), by(ola));
  scene.later(minutes(5));
  const auto outcome = scene.when(StartLapAgain{room_1}, by(kari));
  CHECK(turns(outcome) == "kari speaking, ola waiting, per waiting");
  CHECK(lap_of(outcome.state()).round == 2);
  CHECK(turn_clock(outcome) == runs(minutes(3), scene.now()));
  CHECK(outcome.all<ClockChanged>().at(0).clock == runs(minutes(9), scene.now()));
}

TEST_CASE("a lap without planned minutes has no clock, until it is given one") {
  auto scene = given_people().after(StartStep{{room_1}, lap_afternoon, {}}, organiser);
  CHECK(std::holds_alternative<NoClock>(lap_of(scene.state()).turn_clock));
  CHECK(scene.when(StartLapAgain{room_1}, by(kari)).all<ClockChanged>().empty());
  CHECK(turn_clock(scene.when(StartClock{{room_1}, minutes(6)}, by(kari))) ==
        runs(minutes(2), now));
}

TEST_CASE("the turn's clock pauses and goes on with the step's") {
  auto scene = in_lap().later(minutes(1));
  scene.after(PauseClock{{room_1}}, by(kari)).later(minutes(10));
  CHECK(lap_of(scene.state()).turn_clock == Clock{PausedClock{minutes(2), minutes(3)}});
  const auto next = scene.when(spoke(kari), by(kari));
  CHECK(turn_clock(next) == Clock{PausedClock{minutes(4), minutes(4)}});
  scene.after(StartClock{{room_1}, {}}, by(kari));
  CHECK(lap_of(scene.state()).turn_clock ==
        Clock{RunningClock{scene.now() + minutes(2), minutes(3)}});
}

TEST_CASE("a late arrival is last") {
  const auto outcome = in_lap().when(MoveSeat{eva, room_1}, by(eva));
  CHECK(turns(outcome) == "kari speaking, ola waiting, per waiting, eva waiting");
  CHECK(outcome.all<LapChanged>().at(0).cause == LapCause::arrived);
  CHECK(turns(in_lap().when(Join{seat_id(50), {}, {}, room_1}, newcomer)) ==
        "kari speaking, ola waiting, per waiting, new waiting");
  CHECK(turns(in_lap().when(AddMember{seat_id(50), {}, {}}, by(kari))) ==
        "kari speaking, ola waiting, per waiting, new waiting");
}

TEST_CASE("whoever arrives when the lap is over has the word at once") {
  auto scene = in_lap().after(spoke(kari), by(kari)).after(spoke(ola), by(ola));
  scene.after(spoke(per), by(ola));
  CHECK(turns(scene.when(MoveSeat{eva, room_1}, by(eva))) ==
        "kari spoke, ola spoke, per spoke, eva speaking");
}

TEST_CASE("a speaker who is absent, away, removed or moves loses the word to the next") {
  const auto one = [](const Command& command, const Actor& actor) {
    return turns(in_lap().when(command, actor));
  };
  CHECK(one(MarkAbsent{kari, true}, by(ola)) == "kari absent, ola speaking, per waiting");
  CHECK(one(NoteAbsence{kari, true}, server) == "kari absent, ola speaking, per waiting");
  CHECK(one(RemoveSeat{kari}, organiser) == "ola speaking, per waiting");
  CHECK(one(MoveSeat{kari, room_2}, by(kari)) == "ola speaking, per waiting");
  CHECK(one(MoveSeat{ola, room_2}, by(ola)) == "kari speaking");
  CHECK(turn_clock(in_lap().later(minutes(1)).when(MarkAbsent{kari, true}, by(ola))) ==
        runs(minutes(4), now + minutes(1)));
}

TEST_CASE("whoever is present again is last, and speaks once") {
  auto scene = in_lap().after(NoteAbsence{kari, true}, server);
  CHECK(turns(scene.when(NoteAbsence{kari, false}, server)) ==
        "ola speaking, per waiting, kari waiting");
  auto spoken = in_lap().after(spoke(kari), by(kari)).after(NoteAbsence{kari, true}, server);
  CHECK(turns(spoken.when(NoteAbsence{kari, false}, server)) ==
        "kari spoke, ola speaking, per waiting");
}

TEST_CASE("marked absent and away, one is present only when neither holds") {
  auto scene = in_lap().after(NoteAbsence{kari, true}, server);
  scene.after(MarkAbsent{kari, true}, by(ola)).after(NoteAbsence{kari, false}, server);
  CHECK(turns(scene) == "kari absent, ola speaking, per waiting");
  CHECK(turns(scene.after(MarkAbsent{kari, false}, by(kari))) ==
        "ola speaking, per waiting, kari waiting");
}

TEST_CASE("private notes are shown at their author's turn") {
  const std::vector<Event> notes{private_note(1, kari), private_note(2, ola), private_note(3, ola)};
  const auto start = given_people(notes).when(StartStep{{room_1}, lap_1, {}}, organiser);
  CHECK(text_of(start.decided().events.at(1)) == text_of(Event(revealed({1}))));
  auto scene = in_lap(notes);
  const auto next = scene.when(spoke(kari), by(kari));
  CHECK(text_of(next.decided().events.at(1)) == text_of(Event(revealed({2, 3}))));
  CHECK(scene.when(GiveTurn{ola}, by(kari)).all<NotesRevealed>().size() == 1);
  CHECK(scene.when(MarkAbsent{kari, true}, by(ola)).all<NotesRevealed>().size() == 1);
}

TEST_CASE("what is still private when the lap is over or another step starts is shown then") {
  const std::vector<Event> notes{private_note(1, kari), private_note(2, eva)};
  auto scene = in_lap(notes).after(spoke(kari), by(kari)).after(spoke(ola), by(ola));
  CHECK(scene.when(spoke(per), by(ola)).all<NotesRevealed>().at(0).notes.size() == 1);
  const auto shown_by = [&](StepPosition step) {
    return given_people(notes).when(StartStep{{room_1}, step, {}}, by(kari)).all<NotesRevealed>();
  };
  CHECK(shown_by(silent_2).empty());
  CHECK(shown_by(dialogue_2).at(0).notes.size() == 2);
  CHECK(shown_by(summary_2).at(0).notes.size() == 2);
  auto silent = given_people(notes).after(StartStep{{room_1}, silent_2, {}}, by(kari));
  CHECK(silent.when(EndSteps{{room_1}}, by(kari)).all<NotesRevealed>().at(0).notes.size() == 2);
  CHECK(silent.when(UndoStep{{room_1}}, by(kari)).all<NotesRevealed>().at(0).notes.size() == 2);
}

TEST_CASE("a room whose devices all lost the network does not show what is private") {
  auto scene = given_people({private_note(1, eva), joined(eva, room_1, 4)});
  scene.with({SeatRemoved{per, room_1}}).after(StartStep{{room_1}, lap_1, {}}, organiser);
  scene.after(NoteAbsence{eva, true}, server).after(NoteAbsence{ola, true}, server);
  const auto outcome = scene.when(NoteAbsence{kari, true}, server);
  CHECK(turns(outcome) == "kari absent, ola absent, eva absent");
  CHECK(outcome.all<NotesRevealed>().empty());
}

TEST_CASE("deleted notes stay private, and rooms keep their own") {
  const std::vector<Event> notes{private_note(1, kari),
                                 NoteDeleted{note_id(1), room_1, {1, 1}, kari}};
  CHECK(given_people(notes)
            .when(StartStep{{room_1}, lap_1, {}}, by(kari))
            .all<NotesRevealed>()
            .empty());
  CHECK(given_people(notes)
            .when(StartStep{{room_1}, dialogue_1, {}}, by(kari))
            .all<NotesRevealed>()
            .empty());
  const auto elsewhere =
      given_people({private_note(1, kari)}).when(StartStep{{room_2}, dialogue_1, {}}, organiser);
  CHECK(elsewhere.all<NotesRevealed>().empty());
}

TEST_CASE("a reordered lap keeps nobody out and takes nobody twice") {
  const Lap lap{1,
                {{kari, TurnState::spoke},
                 {ola, TurnState::speaking},
                 {per, TurnState::waiting},
                 {eva, TurnState::waiting}},
                NoClock{}};
  CHECK(turns(reorder(lap, {eva, per}).value()) ==
        "kari spoke, ola speaking, eva waiting, per waiting");
  CHECK_FALSE(reorder(lap, {eva, eva}));
}
