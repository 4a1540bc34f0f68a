#include "archive/erasure_scope.hpp"

#include <algorithm>

namespace rundbord::archive {
namespace {

template <class T>
bool holds(const std::vector<T>& values, const T& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

}  // namespace

// Whether one order reaches the texts of one event: all of them, its names, or none.
struct ErasureScope::Reach {
  const Erased& what;
  const std::set<std::pair<NoteId, SeatId>>& notes_about;
  bool is_name;

  template <class Kind>
  bool operator()(const Kind&) const {
    return false;
  }
  bool operator()(const NoteWritten& event) const { return reaches_note(event.note.id); }
  bool operator()(const NoteEdited& event) const { return reaches_note(event.note); }
  bool operator()(const NoteMarked& event) const { return reaches_note(event.note); }
  bool operator()(const TextChanged& event) const {
    return holds(what.texts, ErasedText{event.room, event.place});
  }
  bool operator()(const SignedOff& event) const {
    return holds(what.dissents, event.sign_off.seat);
  }
  bool operator()(const MessageSent& event) const { return holds(what.messages, event.message); }
  bool operator()(const RoomOpened& event) const { return holds(what.room_names, event.room); }
  bool operator()(const RoomRenamed& event) const { return holds(what.room_names, event.room); }
  bool operator()(const QuestionAdded& event) const {
    return holds(what.questions, ErasedQuestion{event.task, event.question.number});
  }
  bool operator()(const QuestionCorrected& event) const {
    return holds(what.questions, ErasedQuestion{event.task, event.question});
  }

 private:
  // Of a person's notes the organisation they name goes with the person, the rest only if asked.
  bool reaches_note(const NoteId& note) const {
    if (holds(what.notes, note)) return true;
    return is_name && std::any_of(what.people.begin(), what.people.end(), [&](const SeatId& seat) {
             return notes_about.count({note, seat}) > 0;
           });
  }
};

void ErasureScope::learn(const protocol::WordlessCommit& commit) {
  const auto about = [this](const NoteId& note, const std::optional<SeatId>& seat) {
    if (seat) notes_about_.insert({note, *seat});
  };
  for (const auto& [event, texts] : commit.events) {
    if (const auto* written = std::get_if<NoteWritten>(&event)) {
      about(written->note.id, written->note.author);
      about(written->note.id, written->note.from);
    } else if (const auto* marked = std::get_if<NoteMarked>(&event)) {
      about(marked->note, marked->from);
    } else if (const auto* ordered = std::get_if<ErasureOrdered>(&event)) {
      orders_.push_back(
          {commit.seq, ordered->erasure, {{}, commit.command, commit.at, ordered->what}});
    }
  }
}

std::vector<log::TextAt> ErasureScope::texts_to_erase(
    const protocol::WordlessCommit& commit) const {
  std::vector<log::TextAt> found;
  for (const auto& [event, texts] : commit.events) {
    for (const auto& text : texts) {
      const bool goes = std::any_of(orders_.begin(), orders_.end(), [&](const Order& order) {
        return commit.seq < order.seq &&
               std::visit(Reach{*order.record.what, notes_about_, text.is_name}, event);
      });
      if (goes) found.push_back({commit.seq, text.n});
    }
  }
  return found;
}

}  // namespace rundbord::archive
