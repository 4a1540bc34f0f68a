// Commands of the organiser: preparing, and acting across rooms. One struct per command,
// imperative, named by `name`; each lists its fields once. Plain values.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "domain/fields.hpp"
#include "domain/room.hpp"

namespace rundbord {

// The rooms a command is for; empty: all open rooms (organiser only).
using Rooms = std::vector<RoomNumber>;

struct NewRoom {
  RoomNumber number{};
  Text name;  // empty: known by its number
  RUNDBORD_FIELDS {
    v("number", self.number);
    v("name", self.name);
  }
  bool operator==(const NewRoom&) const = default;
};

// The first command of every workshop.
struct CreateWorkshop {
  static constexpr std::string_view name = "create_workshop";
  Settings settings;
  Programme programme;
  std::vector<Role> roles;
  std::vector<NewRoom> rooms;
  RUNDBORD_FIELDS {
    v("settings", self.settings);
    v("programme", self.programme);
    v("roles", self.roles);
    v("rooms", self.rooms);
  }
};

struct ChangeSettings {
  static constexpr std::string_view name = "change_settings";
  Settings settings;
  RUNDBORD_FIELDS { v("settings", self.settings); }
};

// Replaces the whole programme; only until the first step has been started.
struct ChangeProgramme {
  static constexpr std::string_view name = "change_programme";
  Programme programme;
  RUNDBORD_FIELDS { v("programme", self.programme); }
};

struct DefineRoles {
  static constexpr std::string_view name = "define_roles";
  std::vector<Role> roles;
  RUNDBORD_FIELDS { v("roles", self.roles); }
};

struct OpenRooms {
  static constexpr std::string_view name = "open_rooms";
  std::vector<NewRoom> rooms;  // a closed room that is named here is opened again
  RUNDBORD_FIELDS { v("rooms", self.rooms); }
};

struct RenameRoom {
  static constexpr std::string_view name = "rename_room";
  RoomNumber room{};
  Text to;
  RUNDBORD_FIELDS {
    v("room", self.room);
    v("to", self.to);
  }
};

struct CloseRoom {
  static constexpr std::string_view name = "close_room";
  RoomNumber room{};
  RUNDBORD_FIELDS { v("room", self.room); }
};

struct LockRooms {
  static constexpr std::string_view name = "lock_rooms";
  bool locked = true;
  RUNDBORD_FIELDS { v("locked", self.locked); }
};

struct CorrectQuestion {
  static constexpr std::string_view name = "correct_question";
  int task = 0;
  int question = 0;
  LocalText text;
  RUNDBORD_FIELDS {
    v("task", self.task);
    v("question", self.question);
    v("text", self.text);
  }
};

// By the organiser for all rooms, or by a seat for its own room.
struct AddQuestion {
  static constexpr std::string_view name = "add_question";
  int task = 0;
  LocalText text;
  std::optional<RoomNumber> room;
  RUNDBORD_FIELDS {
    v("task", self.task);
    v("text", self.text);
    v("room", self.room);
  }
};

// --- across rooms -------------------------------------------------------------------------------

struct AskForHelp {
  static constexpr std::string_view name = "ask_for_help";
  RoomNumber room{};
  RUNDBORD_FIELDS { v("room", self.room); }
};

struct AnswerHelp {
  static constexpr std::string_view name = "answer_help";
  RoomNumber room{};
  RUNDBORD_FIELDS { v("room", self.room); }
};

struct SendMessage {
  static constexpr std::string_view name = "send_message";
  MessageId message;
  Text text;
  Rooms rooms;
  RUNDBORD_FIELDS {
    v("message", self.message);
    v("text", self.text);
    v("rooms", self.rooms);
  }
};

struct ConfirmMessage {
  static constexpr std::string_view name = "confirm_message";
  MessageId message;
  SeatId seat;
  RUNDBORD_FIELDS {
    v("message", self.message);
    v("seat", self.seat);
  }
};

struct OpenSitting {
  static constexpr std::string_view name = "open_sitting";
  int sitting = 1;
  RUNDBORD_FIELDS { v("sitting", self.sitting); }
};

// After `countdown` the steps end everywhere; texts stay open for `texts_open` more.
struct CallBack {
  static constexpr std::string_view name = "call_back";
  int sitting = 1;
  Duration countdown{};
  std::optional<Duration> texts_open;  // nothing: texts_open_after_call_back
  RUNDBORD_FIELDS {
    v("sitting", self.sitting);
    v("countdown", self.countdown);
    v("texts_open", self.texts_open);
  }
};

// Undo of call_back, also after the countdown, until the sitting is closed.
struct CancelCallBack {
  static constexpr std::string_view name = "cancel_call_back";
  int sitting = 1;
  RUNDBORD_FIELDS { v("sitting", self.sitting); }
};

struct CloseSitting {
  static constexpr std::string_view name = "close_sitting";
  int sitting = 1;
  RUNDBORD_FIELDS { v("sitting", self.sitting); }
};

// After corrections to a closed sitting: its next immutable revision.
struct ReviseSitting {
  static constexpr std::string_view name = "revise_sitting";
  int sitting = 1;
  Text reason;
  RUNDBORD_FIELDS {
    v("sitting", self.sitting);
    v("reason", self.reason);
  }
};

}  // namespace rundbord
