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
  std::map<int, SeatId> seats;              // who sits here, by seat number
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
  RUNDBORD_FIELDS {
    v("number", self.number);
    v("label", self.label);
    v("closed", self.closed);
    v("roles", self.roles);
    v("seats", self.seats);
    v("step", self.step);
    v("earlier_step", self.earlier_step);
    v("step_changed", self.step_changed);
    v("hands", self.hands);
    v("help_asked", self.help_asked);
    v("time_asked", self.time_asked);
    v("columns", self.columns);
    v("texts", self.texts);
    v("sign_offs", self.sign_offs);
  }
};

struct Message {
  MessageId id;
  Text text;
  Rooms rooms;
  Time sent;
  std::set<SeatId> confirmed;
  RUNDBORD_FIELDS {
    v("id", self.id);
    v("text", self.text);
    v("rooms", self.rooms);
    v("sent", self.sent);
    v("confirmed", self.confirmed);
  }
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
  std::set<SeatId> removed_seats;
  std::map<NoteId, Note> notes;
  std::map<SeatId, std::set<NoteId>> notes_by_author;
  std::vector<Message> messages;
  std::map<int, SittingProgress> sittings;
  bool rooms_locked = false;
  bool started = false;  // a step has been started somewhere: the programme is fixed
  int last_seat_number = 0;
  int erasures = 0;           // ordered so far
  int erasures_finished = 0;  // of them, those whose words are gone from the disk
  RUNDBORD_FIELDS {
    v("id", self.id);
    v("seq", self.seq);
    v("created", self.created);
    v("settings", self.settings);
    v("programme", self.programme);
    v("roles", self.roles);
    v("rooms", self.rooms);
    v("seats", self.seats);
    v("removed_seats", self.removed_seats);
    v("notes", self.notes);
    v("notes_by_author", self.notes_by_author);
    v("messages", self.messages);
    v("sittings", self.sittings);
    v("rooms_locked", self.rooms_locked);
    v("started", self.started);
    v("last_seat_number", self.last_seat_number);
    v("erasures", self.erasures);
    v("erasures_finished", self.erasures_finished);
  }
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
