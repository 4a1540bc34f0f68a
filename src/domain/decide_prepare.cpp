// Rules of preparing: the workshop itself, its settings, programme, roles, rooms and questions.
#include <algorithm>

#include "domain/board.hpp"
#include "domain/in_room.hpp"
#include "domain/reveal.hpp"
#include "domain/rules.hpp"

namespace rundbord {
namespace {

Fault fault_in(const CreateWorkshop& command) {
  if (auto fault = rundbord::fault_in(command.settings)) return fault;
  if (auto fault = rundbord::fault_in(command.programme)) return fault;
  if (auto fault = rundbord::fault_in(command.roles)) return fault;
  return rundbord::fault_in(command.rooms);
}

}  // namespace

Decision rule(const Workshop& head, const CreateWorkshop& command, const Context&) {
  if (head.seq != 0) return refused(RejectionCode::exists_already);
  if (auto fault = fault_in(command)) return *fault;
  Decided decided;
  decided.events.push_back(WorkshopCreated{command.settings, command.programme, command.roles});
  for (const auto& room : command.rooms) {
    decided.events.push_back(RoomOpened{room.number, room.name});
  }
  return decided;
}

Decision rule(const Workshop& head, const ChangeSettings& command, const Context&) {
  if (auto fault = fault_in(command.settings)) return *fault;
  if (command.settings == head.settings) return Decided{};
  return done({SettingsChanged{command.settings}});
}

// --- the programme
// --------------------------------------------------------------------------------

namespace {

// Something was written or signed where `programme` has no place for it.
bool loses_writing(const Room& room, const Programme& programme) {
  const auto has_no_place = [&](const Place& place) {
    return unknown_place(programme, room.number, place, "").has_value();
  };
  for (const auto& [place, notes] : room.columns) {
    if (!notes.empty() && has_no_place(place)) return true;
  }
  for (const auto& [place, text] : room.texts) {
    if (has_no_place(place)) return true;
  }
  return std::any_of(room.sign_offs.begin(), room.sign_offs.end(), [&](const auto& sign_off) {
    return has_no_place({sign_off.task, std::nullopt});
  });
}

bool loses_begun_sitting(const Workshop& head, const Programme& programme) {
  return std::any_of(head.sittings.begin(), head.sittings.end(), [&](const auto& entry) {
    return entry.second.state != SittingState::planned &&
           entry.first > static_cast<int>(programme.sittings.size());
  });
}

}  // namespace

// Rooms may write before any step is started, so the programme is also held by what they wrote.
Decision rule(const Workshop& head, const ChangeProgramme& command, const Context&) {
  if (head.started) return refused(RejectionCode::programme_started, "programme");
  if (auto fault = fault_in(command.programme)) return *fault;
  if (command.programme == head.programme) return Decided{};
  const bool loses = loses_begun_sitting(head, command.programme) ||
                     std::any_of(head.rooms.begin(), head.rooms.end(), [&](const auto& entry) {
                       return loses_writing(entry.second, command.programme);
                     });
  if (loses) return refused(RejectionCode::programme_started, "programme");
  return done({ProgrammeChanged{command.programme}});
}

namespace {

// A seat may word its room's own questions; the common ones belong to the organiser.
bool may_correct(const Workshop& head, const Question& question, const Context& context) {
  if (by_organiser(context)) return true;
  const auto* actor = acting_seat(context);
  const auto* seat = actor ? find_seat(head, *actor) : nullptr;
  return seat && question.room && seat->room == question.room;
}

}  // namespace

Decision rule(const Workshop& head, const CorrectQuestion& command, const Context& context) {
  if (!find_task(head, command.task)) return refused(RejectionCode::unknown_task, "task");
  const auto* question = find_question(head, command.task, command.question);
  if (!question) return refused(RejectionCode::unknown_question, "question");
  if (!may_correct(head, *question, context)) return refused(RejectionCode::forbidden, "question");
  if (is_closed(head, {command.task, std::nullopt})) {
    return refused(RejectionCode::sitting_closed, "task");
  }
  if (auto fault = fault_in(command.text, question_limit, "text")) return *fault;
  if (command.text == question->text) return Decided{};
  if (question->earlier.size() >= wordings_max) {
    return Rejection{RejectionCode::too_many, "question", {{"max", int{wordings_max}}}};
  }
  return done({QuestionCorrected{command.task, command.question, command.text, question->room}});
}

namespace {

// Only the organiser adds for all rooms; that a seat's room is its own is asked before.
Fault not_to_be_added(const Workshop& head, const AddQuestion& command, const Context& context) {
  if (!command.room) {
    if (by_organiser(context)) return std::nullopt;
    return refused(RejectionCode::forbidden, "room");
  }
  if (!find_room(head, *command.room)) return refused(RejectionCode::unknown_room, "room");
  return closed_to(head, *command.room, {command.task, std::nullopt}, context);
}

}  // namespace

Decision rule(const Workshop& head, const AddQuestion& command, const Context& context) {
  const auto* task = find_task(head, command.task);
  if (!task) return refused(RejectionCode::unknown_task, "task");
  if (auto fault = not_to_be_added(head, command, context)) return *fault;
  if (is_closed(head, {command.task, std::nullopt})) {
    return refused(RejectionCode::sitting_closed, "task");
  }
  if (auto fault = fault_in(command.text, question_limit, "text")) return *fault;
  Question question;
  question.number = static_cast<int>(task->questions.size()) + 1;
  question.text = command.text;
  question.room = command.room;
  auto questions = task->questions;
  questions.push_back(question);
  if (!questions_fit(questions)) {
    return Rejection{RejectionCode::too_many, "task", {{"max", int{questions_per_task_max}}}};
  }
  return done({QuestionAdded{command.task, std::move(question)}});
}

// --- roles and rooms
// ------------------------------------------------------------------------------

// Whoever holds a role that no longer exists lays it down first, so that every room sees it.
Decision rule(const Workshop& head, const DefineRoles& command, const Context&) {
  if (auto fault = fault_in(command.roles)) return *fault;
  if (command.roles == head.roles) return Decided{};
  const auto is_kept = [&](const std::string& key) {
    return std::any_of(command.roles.begin(), command.roles.end(),
                       [&](const auto& role) { return role.key == key; });
  };
  Decided decided;
  for (const auto& [number, room] : head.rooms) {
    for (const auto& [key, holder] : room.roles) {
      if (!is_kept(key)) {
        decided.events.push_back(RoleAssigned{number, key, std::nullopt, false});
      }
    }
  }
  decided.events.push_back(RolesDefined{command.roles});
  return decided;
}

namespace {

Fault not_to_be_opened(const Workshop& head, const OpenRooms& command) {
  if (auto fault = fault_in(command.rooms)) return fault;
  std::size_t fresh = 0;
  for (std::size_t i = 0; i < command.rooms.size(); ++i) {
    const auto number = command.rooms[i].number;
    const auto* room = find_room(head, number);
    if (room && !room->closed) {
      return Rejection{RejectionCode::exists_already,
                       "rooms." + std::to_string(i) + ".number",
                       {{"number", to_int(number)}}};
    }
    if (!room) ++fresh;
  }
  if (head.rooms.size() + fresh <= rooms_max) return std::nullopt;
  return Rejection{RejectionCode::too_many, "rooms", {{"max", int{rooms_max}}}};
}

}  // namespace

// A room that is opened again keeps its contents, and its name unless it gets a new one.
Decision rule(const Workshop& head, const OpenRooms& command, const Context&) {
  if (auto fault = not_to_be_opened(head, command)) return *fault;
  Decided decided;
  for (const auto& opened : command.rooms) {
    const auto* room = find_room(head, opened.number);
    const auto& label = room && opened.name.empty() ? room->label : opened.name;
    decided.events.push_back(RoomOpened{opened.number, label});
  }
  return decided;
}

Decision rule(const Workshop& head, const RenameRoom& command, const Context&) {
  const auto* room = find_room(head, command.room);
  if (!room) return refused(RejectionCode::unknown_room, "room");
  if (auto fault = too_long(command.to, name_limit, "to")) return *fault;
  if (room->label == command.to) return Decided{};
  return done({RoomRenamed{command.room, command.to}});
}

// The step ends, and what people kept to themselves is shown: nobody could do either afterwards.
Decision rule(const Workshop& head, const CloseRoom& command, const Context&) {
  const auto* room = find_room(head, command.room);
  if (!room) return refused(RejectionCode::unknown_room, "room");
  if (room->closed) return Decided{};
  auto events = steps_ended(head, *room);
  if (!room->step) {
    if (auto revealed = reveal_notes(head, command.room)) events.push_back(std::move(*revealed));
  }
  events.push_back(RoomClosed{command.room});
  return done(std::move(events));
}

Decision rule(const Workshop& head, const LockRooms& command, const Context&) {
  if (head.rooms_locked == command.locked) return Decided{};
  return done({RoomsLocked{command.locked}});
}

}  // namespace rundbord
