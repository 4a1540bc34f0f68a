#include "domain/erasure.hpp"

#include <algorithm>
#include <utility>

#include "domain/note_claim.hpp"

namespace rundbord {
namespace {

bool is_about(const Note& note, const SeatId& seat) {
  return note.author == seat || note.from == seat;
}

// A seat may be gone while notes still name it.
bool is_known(const Workshop& head, const SeatId& seat) {
  return find_seat(head, seat) ||
         std::any_of(head.notes.begin(), head.notes.end(),
                     [&](const auto& entry) { return is_about(entry.second, seat); }) ||
         std::any_of(head.rooms.begin(), head.rooms.end(), [&](const auto& room) {
           const auto& signed_off = room.second.sign_offs;
           return std::any_of(signed_off.begin(), signed_off.end(),
                              [&](const SignOff& each) { return each.seat == seat; });
         });
}

WriterId erasing_writer() {
  WriterId writer;
  writer.bytes.fill(0xff);
  return writer;
}

// Gathers the events, and of the order only what there is to erase.
class Erasing {
 public:
  explicit Erasing(const Workshop& head) : head_(head) {}

  Decided take(const Erased& what) {
    for (const auto& note : what.notes) erase_note(note);
    for (const auto& seat : what.people) erase_person(seat);
    for (const auto& seat : what.dissents) erase_dissents(seat);
    for (const auto& text : what.texts) erase_text(text);
    for (const auto& message : what.messages) erase_message(message);
    for (const auto room : what.room_names) erase_room_name(room);
    for (const auto& question : what.questions) erase_question(question);
    if (what_ == Erased{}) return {};
    decided_.events.push_back(ErasureOrdered{head_.erasures + 1, std::move(what_)});
    return std::move(decided_);
  }

 private:
  void tell(Event event) { decided_.events.push_back(std::move(event)); }

  void erase_note(const NoteId& id) {
    const auto* note = find_note(head_, id);
    if (!note || note->text.erased) return;
    if (!note->deleted) tell(NoteDeleted{note->id, note->room, note->place, private_to(*note)});
    what_.notes.push_back(id);
  }

  void erase_person(const SeatId& id) {
    if (!is_known(head_, id)) return;
    const auto* seat = find_seat(head_, id);
    const auto version = seat ? seat->name_version + 1 : 0;
    tell(SeatAnonymised{id, seat ? seat->room : std::nullopt, version});
    decided_.names.push_back({id, version, {}, {}, true});
    for (const auto& [note_id, note] : head_.notes) {
      const bool goes = std::count(what_.notes.begin(), what_.notes.end(), note_id) > 0;
      if (!is_about(note, id) || note.deleted || goes || note.from_organisation.empty()) continue;
      tell(NoteMarked{note_id, note.room, note.place, private_to(note), note.kind, note.from, {}});
    }
    what_.people.push_back(id);
  }

  // Also of one who has withdrawn them: their words are in the log all the same.
  void erase_dissents(const SeatId& seat) {
    if (!is_known(head_, seat)) return;
    for (const auto& [number, room] : head_.rooms) {
      for (const auto& sign_off : room.sign_offs) {
        if (sign_off.seat != seat || sign_off.dissent.empty()) continue;
        tell(SignOffWithdrawn{number, seat, sign_off.task});
      }
    }
    what_.dissents.push_back(seat);
  }

  void erase_text(const ErasedText& at) {
    const auto* room = find_room(head_, at.room);
    if (!room) return;
    const auto text = room->texts.find(at.place);
    if (text == room->texts.end() || text->second.is_blank()) return;
    TextChanged emptied;
    emptied.room = at.room;
    emptied.place = at.place;
    emptied.version = text->second.version() + 1;
    emptied.writer = erasing_writer();
    emptied.counter = text->second.last_counter(emptied.writer) + 1;
    emptied.change.remove(text->second.text().size());
    tell(std::move(emptied));
    what_.texts.push_back(at);
  }

  void erase_message(const MessageId& id) {
    const auto message = std::find_if(head_.messages.begin(), head_.messages.end(),
                                      [&](const Message& each) { return each.id == id; });
    if (message == head_.messages.end()) return;
    tell(MessageErased{id, message->rooms});
    what_.messages.push_back(id);
  }

  void erase_room_name(RoomNumber number) {
    const auto* room = find_room(head_, number);
    if (!room) return;
    if (!room->label.empty()) tell(RoomRenamed{number, {}});
    what_.room_names.push_back(number);
  }

  void erase_question(const ErasedQuestion& at) {
    const auto* question = find_question(head_, at.task, at.question);
    if (!question || !question->room) return;
    LocalText text;
    for (const auto& [language, words] : question->text) text[language].utf8 = erased_words;
    if (text == question->text && question->earlier.empty()) return;
    tell(QuestionCorrected{at.task, at.question, std::move(text), question->room});
    what_.questions.push_back(at);
  }

  const Workshop& head_;
  Decided decided_;
  Erased what_;
};

}  // namespace

Erased all_of_person(const Workshop& head, const SeatId& seat, bool words) {
  Erased what;
  what.people.push_back(seat);
  if (!words) return what;
  what.dissents.push_back(seat);
  for (const auto& [id, note] : head.notes) {
    if (note.author == seat) what.notes.push_back(id);
  }
  return what;
}

Decided erase(const Workshop& head, const Erased& what) {
  return Erasing(head).take(what);
}

}  // namespace rundbord
