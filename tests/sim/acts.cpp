#include "acts.hpp"

#include <array>

#include "domain/small_workshop.hpp"
#include "erased_words.hpp"

namespace rundbord::sim {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::in_english;
using testing::words;

Text note_words(const NoteId& note, int wording) {
  return words(std::string(mark_sign) + to_text(note) + " wording " + std::to_string(wording));
}

Text marked(Dice& dice, const std::string& text) {
  return words(text + ' ' + std::string(mark_sign) + to_text(dice.id<NoteId>()));
}

Wish Acts::next(const Person& person) {
  writer_ = person.writer;
  if (person.organiser) return {of_organiser(), std::nullopt};
  const auto id = dice_.pick(person.seats);
  const auto* seat = find_seat(workshop_, id);
  // Somebody the workshop does not know (any more) tries all the same.
  if (!seat) return {RaiseHand{id}, id};
  if (seat->room || dice_.one_in(4)) return {of_seat(*seat), id};
  return {MoveSeat{id, any_room()}, id};
}

Command Acts::of_seat(const Seat& me) {
  const auto room = me.room.value_or(RoomNumber{1});
  const Rooms rooms{dice_.one_in(30) ? any_room() : room};
  switch (dice_.below(20)) {
    case 0:
    case 1:
      return about_people(me);
    case 2:
    case 3:
      return about_steps(rooms);
    case 4:
      return about_clocks(rooms);
    case 5:
    case 6:
      return about_turns(room);
    case 7:
    case 8:
    case 9:
    case 10:
      return about_texts(writer_, room);
    case 11: {
      const auto& messages = workshop_.messages;
      if (messages.empty()) return AskForHelp{room};
      return ConfirmMessage{dice_.pick(messages).id, me.id};
    }
    default:
      return about_notes(me);
  }
}

Command Acts::of_organiser() {
  switch (dice_.below(12)) {
    case 0:
    case 1:
      return about_sittings();
    case 2:
    case 3:
      return about_rooms();
    case 4:
      return about_clocks(any_rooms());
    case 5:
    case 6:
      return about_steps(any_rooms());
    case 7:
      return MoveSeat{any_seat(std::nullopt),
                      dice_.one_in(8) ? std::nullopt : std::optional(any_room())};
    case 8:
      return SendMessage{dice_.id<MessageId>(), marked(dice_, "Five minutes left"), any_rooms()};
    case 9: {
      Seat organiser;  // nobody's seat: for the rules it is left out
      organiser.room = any_room();
      return about_notes(organiser);
    }
    case 10:
      return about_texts(writer_, any_room());
    default:
      if (dice_.one_in(3)) return MarkAbsent{any_seat(std::nullopt), dice_.one_in(3)};
      return AnswerHelp{any_room()};
  }
}

// --- what is written
// --------------------------------------------------------------------------------

Command Acts::about_notes(const Seat& me) {
  const auto room = me.room.value_or(any_room());
  const auto own = dice_.one_in(4) ? std::nullopt : std::optional(me.id);
  const auto kind = dice_.one_in(4) ? NoteKind::action : NoteKind::idea;
  switch (dice_.below(10)) {
    case 0: {
      const auto id = any_note(room, own);
      const auto* note = find_note(workshop_, id);
      const auto version = note ? note->version - (dice_.one_in(8) ? 1 : 0) : 1;
      return EditNote{id, version, note_words(id, version + 1)};
    }
    case 1:
      return DeleteNote{any_note(room, own)};
    case 2:
      return RestoreNote{any_note(room, own)};
    case 3: {
      const auto place = any_place();
      return MoveNote{any_note(room, own), place, any_before(room, place)};
    }
    case 4:
      return MarkNote{any_note(room, own), kind,
                      dice_.one_in(2) ? std::optional(any_seat(room)) : std::nullopt,
                      any_organisation()};
    default: {
      const auto id = dice_.one_in(25) ? any_note(room, std::nullopt) : dice_.id<NoteId>();
      const auto from = dice_.one_in(6) ? std::optional(any_seat(room)) : std::nullopt;
      return WriteNote{id, room, any_place(), kind, note_words(id, 1), from, any_organisation()};
    }
  }
}

Command Acts::about_texts(const WriterId& writer, RoomNumber room) {
  EditText edit;
  edit.room = room;
  edit.place = {1, dice_.one_in(3) ? 2 : 1};
  edit.writer = writer;
  static const Document empty;
  const auto& texts = workshop_.rooms.at(room).texts;
  const auto found = texts.find(edit.place);
  const auto& text = found == texts.end() ? empty : found->second;
  edit.version = text.version();
  edit.counter = text.last_counter(writer) + 1;
  const auto length = static_cast<int>(text.text().size());
  const auto at = dice_.below(length + 1);
  const auto removed = std::min(length - at, dice_.one_in(3) ? 4 : 0);
  edit.change.keep(static_cast<std::size_t>(at));
  edit.change.remove(static_cast<std::size_t>(removed));
  if (dice_.one_in(4)) {
    const auto text = marked(dice_, "").utf8;
    edit.change.insert(std::u16string(text.begin(), text.end()));
  }
  edit.change.insert(dice_.one_in(5) ? u"two\nlines " : u"word ");
  edit.change.keep(static_cast<std::size_t>(length - at - removed));
  return edit;
}

// --- people and what they do
// ------------------------------------------------------------------------

Command Acts::about_people(const Seat& me) {
  const auto other = any_seat(me.room);
  switch (dice_.below(9)) {
    case 0:
      return MoveSeat{me.id, any_room()};
    case 1:
      return AddMember{dice_.id<SeatId>(), marked(dice_, "Guest"), {}};
    case 2:
      return RenameSeat{me.id, marked(dice_, "Name"), {}};
    case 3:
      return RemoveSeat{other};
    case 4:
      return MarkAbsent{other, dice_.one_in(2)};
    case 5:
      return HandOverRole{any_role(), other, me.room.value_or(RoomNumber{1})};
    case 6:
      return AddQuestion{1, LocalText{{"en", marked(dice_, "And why?")}}, me.room};
    default:
      return ClaimRole{any_role(), me.id, dice_.one_in(2)};
  }
}

Command Acts::about_steps(const Rooms& rooms) {
  switch (dice_.below(8)) {
    case 0:
      return UndoStep{rooms};
    case 1:
      return dice_.one_in(3) ? Command{EndSteps{rooms}} : Command{UndoStep{rooms}};
    default:
      return StartStep{rooms, any_step(rooms.empty() ? any_room() : rooms.front()), {}};
  }
}

Command Acts::about_clocks(const Rooms& rooms) {
  const auto room = rooms.empty() ? any_room() : rooms.front();
  switch (dice_.below(6)) {
    case 0:
      return PauseClock{rooms};
    case 1:
      return AddTime{rooms, any_minutes()};
    case 2:
      return AskForTime{room, minutes(1 + dice_.below(5))};
    case 3:
      return AnswerTime{room, dice_.one_in(2)};
    case 4:
      return StartClock{rooms, std::nullopt};
    default:
      return StartClock{rooms, seconds(1 + dice_.below(200))};
  }
}

Command Acts::about_turns(RoomNumber number) {
  const auto& room = workshop_.rooms.at(number);
  const auto seat = any_seat(number);
  const auto how = std::array{TurnEnd::spoke, TurnEnd::passed,
                              TurnEnd::come_back}[static_cast<std::size_t>(dice_.below(3))];
  if (room.step && room.step->lap && !dice_.one_in(4)) {
    const auto& order = room.step->lap->order;
    for (const auto& turn : order) {
      if (turn.state == TurnState::speaking) return EndTurn{turn.seat, how};
    }
    if (dice_.one_in(2)) return StartLapAgain{number};
  }
  switch (dice_.below(7)) {
    case 0:
      return GiveTurn{seat};
    case 1:
      return LowerHand{seat};
    case 2:
      return GiveWord{seat};
    case 3:
      return AskForHelp{number};
    case 4:
      return AnswerHelp{number};
    case 5: {
      const auto task = dice_.one_in(2) ? std::nullopt : std::optional(1);
      if (dice_.one_in(3)) return WithdrawSignOff{number, seat, task};
      return SignOffTexts{number, seat, task,
                          dice_.one_in(3) ? marked(dice_, "I see it otherwise") : Text{}};
    }
    default:
      return RaiseHand{seat};
  }
}

// --- the organiser
// ----------------------------------------------------------------------------------

Command Acts::about_rooms() {
  const auto room = any_room();
  switch (dice_.below(7)) {
    case 0:
      return CloseRoom{room};
    case 1:
    case 2:
      return OpenRooms{{{dice_.one_in(4) ? RoomNumber{4} : room, marked(dice_, "Blue")}}};
    case 3:
      return RenameRoom{room, marked(dice_, "Room")};
    case 4:
      return LockRooms{dice_.one_in(3)};
    case 5:
      return CorrectQuestion{1, 1 + dice_.below(5), {{"en", marked(dice_, "Better?")}}};
    default: {
      auto settings = workshop_.settings;
      settings.title = in_english("Title " + std::to_string(dice_.below(50)));
      return ChangeSettings{settings};
    }
  }
}

Command Acts::about_sittings() {
  const int sitting = 1 + dice_.below(2);
  switch (dice_.below(9)) {
    case 0:
      return CloseSitting{2};
    case 1:
    case 2:
      return CallBack{sitting, seconds(dice_.below(40)), seconds(dice_.below(60))};
    case 3:
    case 4:
    case 5:
      return CancelCallBack{sitting};
    case 6:
      return ReviseSitting{sitting, words("a name was wrong")};
    default:
      return OpenSitting{sitting};
  }
}

// Anything somebody has said, and sometimes what nobody has.
Command Acts::erasure() {
  const auto room = any_room();
  switch (dice_.below(8)) {
    case 0:
      return EraseText{room, {1, dice_.one_in(3) ? 2 : 1}};
    case 1:
    case 2:
      return EraseSeat{any_seat(std::nullopt), dice_.one_in(2)};
    case 3: {
      const auto& messages = workshop_.messages;
      if (messages.empty()) return EraseRoomName{room};
      return EraseMessage{dice_.pick(messages).id};
    }
    case 4:
      return EraseRoomName{room};
    case 5: {
      const auto& questions = workshop_.programme.tasks.front().questions;
      return EraseQuestion{1, dice_.pick(questions).number};
    }
    default:
      return EraseNote{any_note(room, std::nullopt)};
  }
}

// --- somebody, somewhere
// ----------------------------------------------------------------------------

RoomNumber Acts::any_room() {
  auto room = workshop_.rooms.begin();
  std::advance(room, dice_.below(static_cast<int>(workshop_.rooms.size())));
  return room->first;
}

Rooms Acts::any_rooms() {
  return dice_.one_in(3) ? Rooms{} : Rooms{any_room()};
}

SeatId Acts::any_seat(std::optional<RoomNumber> room) {
  std::vector<SeatId> seats;
  for (const auto& [id, seat] : workshop_.seats) {
    if (!room || seat.room == room || dice_.one_in(20)) seats.push_back(id);
  }
  return seats.empty() ? SeatId{} : dice_.pick(seats);
}

NoteId Acts::any_note(RoomNumber room, const std::optional<SeatId>& author) {
  std::vector<NoteId> notes;
  for (const auto& [id, note] : workshop_.notes) {
    if (note.room == room && (!author || note.author == author)) notes.push_back(id);
  }
  return notes.empty() ? NoteId{} : dice_.pick(notes);
}

std::optional<NoteId> Acts::any_before(RoomNumber room, const Place& place) {
  const auto& columns = workshop_.rooms.at(room).columns;
  const auto column = columns.find(place);
  if (column == columns.end() || dice_.one_in(3)) return std::nullopt;
  return dice_.pick(column->second);
}

// Few places, so that columns fill.
Place Acts::any_place() {
  switch (dice_.below(6)) {
    case 0:
      return {};
    case 1:
      return {1, std::nullopt};
    case 2:
      return {2, 1};
    default:
      return {1, 1 + dice_.below(2)};
  }
}

// Mostly a silent step or a lap: there most can go wrong.
StepPosition Acts::any_step(RoomNumber number) {
  using namespace testing;
  const auto& step = workshop_.rooms.at(number).step;
  if (step && step->at == silent_2 && !dice_.one_in(4)) return dice_.one_in(3) ? dialogue_2 : lap_2;
  return std::array{silent_2, silent_2,   silent_2,  lap_1,
                    lap_2,    dialogue_1, summary_2, lap_afternoon}[static_cast<std::size_t>(
      dice_.below(8))];
}

Text Acts::any_organisation() {
  return dice_.one_in(4) ? marked(dice_, "Library") : Text{};
}

std::string Acts::any_role() {
  return std::array{"facilitator", "note_taker", "topic_keeper",
                    "nobody"}[static_cast<std::size_t>(dice_.below(4))];
}

Duration Acts::any_minutes() {
  return minutes(dice_.below(9) - 4);
}

}  // namespace rundbord::sim
