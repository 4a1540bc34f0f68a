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
  const std::map<NoteId, SeatId>& authors;
  bool is_name;

  template <class Kind>
  bool operator()(const Kind&) const {
    return false;
  }
  bool operator()(const NoteWritten& event) const {
    return holds(what.notes, event.note.id) || names(event.note.id, event.note.from);
  }
  bool operator()(const NoteEdited& event) const { return holds(what.notes, event.note); }
  bool operator()(const NoteMarked& event) const {
    return holds(what.notes, event.note) || names(event.note, event.from);
  }
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
  // Of a person's notes, and where the words are a person's, the organisation named there goes with
  // the person, the rest only if asked. Whom the note named before or after does not matter.
  bool names(const NoteId& note, const std::optional<SeatId>& from) const {
    if (!is_name) return false;
    const auto author = authors.find(note);
    return (from && holds(what.people, *from)) ||
           (author != authors.end() && holds(what.people, author->second));
  }
};

void ErasureScope::learn(const protocol::WordlessCommit& commit) {
  for (const auto& [event, texts] : commit.events) {
    if (const auto* written = std::get_if<NoteWritten>(&event)) {
      if (written->note.author) authors_[written->note.id] = *written->note.author;
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
               std::visit(Reach{*order.record.what, authors_, text.is_name}, event);
      });
      if (goes) found.push_back({commit.seq, text.n});
    }
  }
  return found;
}

}  // namespace rundbord::archive
