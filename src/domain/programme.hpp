// What a workshop goes through: sittings → tasks → questions, and the cycles of steps that cover
// them; roles as data. Plain values; the editor, the templates and the rules share them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "domain/ids.hpp"
#include "domain/text.hpp"

namespace rundbord {

// What a room does now. Numbers never leave the process; names are the wire's (see names.hpp).
enum class StepKind { silent, lap, dialogue, summary };

struct PlannedStep {
  StepKind step = StepKind::dialogue;
  std::optional<int> minutes;  // 1 to step_minutes_max; nothing: no clock

  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("step", self.step);
    v("minutes", self.minutes);
  }
  bool operator==(const PlannedStep&) const = default;
};

// One pass through the steps, for one question or several together.
struct Cycle {
  std::vector<int> questions;  // numbers within the task
  std::vector<PlannedStep> steps;

  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("questions", self.questions);
    v("steps", self.steps);
  }
  bool operator==(const Cycle&) const = default;
};

struct Question {
  int number = 0;  // from 1 within the task; never reused
  std::string form = "open";
  LocalText text;
  std::vector<LocalText> earlier;  // wordings before corrections, oldest first
  std::optional<RoomNumber> room;  // a question of this room alone

  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("number", self.number);
    v("form", self.form);
    v("text", self.text);
    v("earlier", self.earlier);
    v("room", self.room);
  }
  bool operator==(const Question&) const = default;
};

struct Task {
  int number = 0;  // from 1 within the workshop
  int sitting = 1;
  LocalText title;
  std::vector<LocalText> instructions;
  std::vector<Question> questions;
  std::vector<Cycle> cycles;

  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("number", self.number);
    v("sitting", self.sitting);
    v("title", self.title);
    v("instructions", self.instructions);
    v("questions", self.questions);
    v("cycles", self.cycles);
  }
  bool operator==(const Task&) const = default;
};

struct Sitting {
  int number = 0;  // from 1
  LocalText title;

  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("number", self.number);
    v("title", self.title);
  }
  bool operator==(const Sitting&) const = default;
};

// A link, file or film in sight in the rooms.
struct Material {
  Text title;
  Text url;  // https or http

  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("title", self.title);
    v("url", self.url);
  }
  bool operator==(const Material&) const = default;
};

struct Programme {
  std::vector<Sitting> sittings;
  std::vector<Task> tasks;
  std::vector<Material> material;

  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("sittings", self.sittings);
    v("tasks", self.tasks);
    v("material", self.material);
  }
  bool operator==(const Programme&) const = default;
};

enum class Right { lead_steps, run_clock, give_turns, edit_any_note, manage_members };

// A role is data: the organiser writes its name and sees exactly that word.
struct Role {
  std::string key;  // [a-z_]{1,40}, stable
  LocalText name;
  LocalText help;
  std::vector<Right> rights;

  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("key", self.key);
    v("name", self.name);
    v("help", self.help);
    v("rights", self.rights);
  }
  bool operator==(const Role&) const = default;
};

// What a room is called in this workshop.
enum class RoomLabel { group, room, table };
// Whether a note shows who wrote it, keeps it from view, or never stores it.
enum class Authorship { shown, hidden, never };
// Where in a lap the facilitator speaks.
enum class FacilitatorTurn { first, middle, last };
// How people get into rooms.
enum class Assignment { choose, next_free, organiser };

struct Settings {
  LocalText title;
  std::string language = "nb";  // the workshop's main language tag
  RoomLabel label = RoomLabel::group;
  Authorship authorship = Authorship::shown;
  FacilitatorTurn facilitator_turn = FacilitatorTurn::last;
  Assignment assignment = Assignment::choose;

  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("title", self.title);
    v("language", self.language);
    v("label", self.label);
    v("authorship", self.authorship);
    v("facilitator_turn", self.facilitator_turn);
    v("assignment", self.assignment);
  }
  bool operator==(const Settings&) const = default;
};

// Where something belongs inside a room: a question, a task ("not assigned" within it), or neither.
struct Place {
  std::optional<int> task;
  std::optional<int> question;  // only with a task

  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("task", self.task);
    v("question", self.question);
  }
  auto operator<=>(const Place&) const = default;
};

}  // namespace rundbord
