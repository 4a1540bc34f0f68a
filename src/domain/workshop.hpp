// The state of one workshop: what folding its events gives. Owned by its LiveWorkshop (or by an
// archive run); one thread at a time. Ordered containers wherever order can reach output.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/document.hpp"
#include "domain/events_text.hpp"

namespace rundbord {

struct RoleHolder {
  SeatId seat;
  bool stand_in = false;
  RUNDBORD_FIELDS {
    v("seat", self.seat);
    v("stand_in", self.stand_in);
  }
};

struct Room {
  RoomNumber number{};
  Text label;  // empty: known by its number
  bool closed = false;
  std::map<std::string, RoleHolder> roles;  // by role key; missing: empty
  std::optional<RoomStep> step;
  // What undo_step goes back to, while `step_changed` is younger than undo_step_within.
  std::optional<RoomStep> earlier_step;
  std::optional<Time> step_changed;
  std::vector<Hand> hands;
  std::optional<Time> help_asked;
  std::optional<Duration> time_asked;
  std::map<Place, std::vector<NoteId>>
      columns;  // the board's order; deleted notes keep their place
  std::map<Place, Document> texts;
  std::vector<SignOff> sign_offs;
};

struct Message {
  MessageId id;
  Text text;
  Rooms rooms;
  Time sent;
  std::set<SeatId> confirmed;
};

struct Workshop {
  WorkshopId id;
  std::uint64_t seq = 0;  // of the last commit folded in; 0: not created yet
  Time created;
  Settings settings;
  Programme programme;
  std::vector<Role> roles;
  std::map<RoomNumber, Room> rooms;
  std::map<SeatId, Seat> seats;
  std::map<NoteId, Note> notes;
  std::vector<Message> messages;
  std::map<int, SittingProgress> sittings;
  bool rooms_locked = false;
  bool started = false;  // a step has been started somewhere: the programme is fixed
  int last_seat_number = 0;
  int erasures = 0;           // ordered so far
  int erasures_finished = 0;  // of them, those whose words are gone from the disk
};

// Look-ups shared by the rules and the codecs. Null: there is none.
const Room* find_room(const Workshop& workshop, RoomNumber room);
const Seat* find_seat(const Workshop& workshop, const SeatId& seat);
const Note* find_note(const Workshop& workshop, const NoteId& note);  // deleted ones too
const Task* find_task(const Workshop& workshop, int task);
const Question* find_question(const Workshop& workshop, int task, int question);
const PlannedStep* find_step(const Workshop& workshop, const StepPosition& step);
const Role* find_role(const Workshop& workshop, const std::string& key);
// In order of seat number; members without devices included.
std::vector<const Seat*> seats_in(const Workshop& workshop, RoomNumber room);
bool has_right(const Workshop& workshop, const Seat& seat, Right right);
// Nobody in the room holds a role with this right and is present: anyone may step in.
bool right_unheld(const Workshop& workshop, RoomNumber room, Right right);

}  // namespace rundbord
