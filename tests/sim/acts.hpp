// What people in a workshop do next: commands of every kind, mostly sensible in the state the log
// has by now, sometimes not. Owned by the world; one thread.
#pragma once
#include <optional>
#include <string>

#include "dice.hpp"
#include "domain/commands.hpp"
#include "domain/workshop.hpp"

namespace rundbord::sim {

struct Wish {
  Command command;
  std::optional<SeatId> seat;  // nothing: as organiser
};

// Who acts: a device of one to eight seats, or an organiser's.
struct Person {
  bool organiser = false;
  std::vector<SeatId> seats;
  WriterId writer;
};

class Acts {
 public:
  Acts(Dice& dice, const Workshop& workshop) : dice_(dice), workshop_(workshop) {}

  Wish next(const Person& person);
  // What an organiser wants to be gone for good.
  Command erasure();

 private:
  Command of_seat(const Seat& me);
  Command of_organiser();
  Command about_notes(const Seat& me);
  Command about_texts(const WriterId& writer, RoomNumber room);
  Command about_people(const Seat& me);
  Command about_steps(const Rooms& rooms);
  Command about_clocks(const Rooms& rooms);
  Command about_turns(RoomNumber room);
  Command about_rooms();
  Command about_sittings();

  RoomNumber any_room();
  Rooms any_rooms();
  SeatId any_seat(std::optional<RoomNumber> room);
  NoteId any_note(RoomNumber room, const std::optional<SeatId>& author);
  Place any_place();
  StepPosition any_step(RoomNumber room);
  std::string any_role();
  Duration any_minutes();
  Text any_organisation();
  std::optional<NoteId> any_before(RoomNumber room, const Place& place);

  Dice& dice_;
  const Workshop& workshop_;
  WriterId writer_;
};

// The words of a simulated note: they hold its id, so that it is known wherever they turn up.
Text note_words(const NoteId& note, int wording);
// Any other words, with a mark that no others have.
Text marked(Dice& dice, const std::string& text);

}  // namespace rundbord::sim
