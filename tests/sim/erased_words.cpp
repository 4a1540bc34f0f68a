#include "erased_words.hpp"

namespace rundbord::sim {
namespace {

std::string text_key(RoomNumber room, const Place& place) {
  return "text " + std::to_string(to_int(room)) + ' ' + std::to_string(place.task.value_or(0)) +
         '.' + std::to_string(place.question.value_or(0));
}
std::string room_key(RoomNumber room) {
  return "room " + std::to_string(to_int(room));
}
std::string question_key(int task, int question) {
  return "question " + std::to_string(task) + '.' + std::to_string(question);
}
template <class IdType>
std::string key(const char* kind, const IdType& id) {
  return kind + to_text(id);
}

std::vector<std::string> keys_of(const Erased& what) {
  std::vector<std::string> keys;
  for (const auto& note : what.notes) keys.push_back(key("note ", note));
  for (const auto& seat : what.people) keys.push_back(key("name ", seat));
  for (const auto& seat : what.dissents) keys.push_back(key("dissent ", seat));
  for (const auto& text : what.texts) keys.push_back(text_key(text.room, text.place));
  for (const auto& message : what.messages) keys.push_back(key("message ", message));
  for (const auto room : what.room_names) keys.push_back(room_key(room));
  for (const auto& at : what.questions) keys.push_back(question_key(at.task, at.question));
  return keys;
}

}  // namespace

std::vector<std::string> marks_in(std::string_view words) {
  std::vector<std::string> marks;
  for (auto at = words.find(mark_sign); at != words.npos; at = words.find(mark_sign, at + 1)) {
    const auto mark = words.substr(at + mark_sign.size(), id_text_length);
    if (id_from_text<NoteId>(mark)) marks.emplace_back(mark);
  }
  return marks;
}

void ErasedWords::take(const protocol::Commit& commit, const Workshop& workshop) {
  for (const auto& event : commit.events) {
    if (const auto* ordered = std::get_if<ErasureOrdered>(&event)) {
      order(*ordered, commit.seq);
    } else if (const auto* finished = std::get_if<ErasureFinished>(&event)) {
      finished_ = finished->erasure;
      while (!ordered_.empty() && ordered_.begin()->first <= finished_) {
        gone_.merge(ordered_.begin()->second);
        ordered_.erase(ordered_.begin());
      }
    } else {
      learn(event, workshop);
    }
  }
}

void ErasedWords::take_name(const SeatId& seat, const std::string& row) {
  for (auto& mark : marks_in(row)) marks_of_[key("name ", seat)].insert(std::move(mark));
}

void ErasedWords::learn(const Event& event, const Workshop& workshop) {
  if (const auto* written = std::get_if<NoteWritten>(&event)) {
    const auto& note = written->note;
    learn(key("note ", note.id), note.text);
    learn_organisation(note.from_organisation, note.id, {note.author, note.from});
  } else if (const auto* edited = std::get_if<NoteEdited>(&event)) {
    learn(key("note ", edited->note), edited->text);
  } else if (const auto* marked = std::get_if<NoteMarked>(&event)) {
    const auto* note = find_note(workshop, marked->note);
    const auto author = note ? note->author : std::nullopt;
    learn_organisation(marked->from_organisation, marked->note, {author, marked->from});
  } else if (const auto* changed = std::get_if<TextChanged>(&event)) {
    const auto inserted = changed->change.inserted();
    learn(text_key(changed->room, changed->place), Text{{inserted.begin(), inserted.end()}, 0});
  } else if (const auto* signed_off = std::get_if<SignedOff>(&event)) {
    learn(key("dissent ", signed_off->sign_off.seat), signed_off->sign_off.dissent);
  } else if (const auto* sent = std::get_if<MessageSent>(&event)) {
    learn(key("message ", sent->message), sent->text);
  } else if (const auto* opened = std::get_if<RoomOpened>(&event)) {
    learn(room_key(opened->room), opened->label);
  } else if (const auto* renamed = std::get_if<RoomRenamed>(&event)) {
    learn(room_key(renamed->room), renamed->label);
  } else if (const auto* added = std::get_if<QuestionAdded>(&event)) {
    learn(question_key(added->task, added->question.number), added->question.text);
  } else if (const auto* corrected = std::get_if<QuestionCorrected>(&event)) {
    learn(question_key(corrected->task, corrected->question), corrected->text);
  }
}

void ErasedWords::learn(const std::string& what, const Text& words) {
  for (auto& mark : marks_in(words.utf8)) marks_of_[what].insert(std::move(mark));
}

void ErasedWords::learn(const std::string& what, const LocalText& words) {
  for (const auto& [language, text] : words) learn(what, text);
}

// It goes with the note, and with each of the people it was said of.
void ErasedWords::learn_organisation(const Text& words, const NoteId& note,
                                     const std::vector<std::optional<SeatId>>& people) {
  learn(key("note ", note), words);
  for (const auto& seat : people) {
    if (seat) learn(key("name ", *seat), words);
  }
}

void ErasedWords::order(const ErasureOrdered& ordered, std::uint64_t seq) {
  ordered_by_[seq] = ordered.erasure;
  messages_ += ordered.what.messages.size();
  auto& marks = ordered_[ordered.erasure];
  for (const auto& what : keys_of(ordered.what)) {
    const auto known = marks_of_.find(what);
    if (known != marks_of_.end()) marks.merge(std::set<std::string>(known->second));
  }
}

int ErasedWords::ordered_by(std::uint64_t seq) const {
  const auto found = ordered_by_.find(seq);
  return found == ordered_by_.end() ? 0 : found->second;
}

std::string ErasedWords::gone_in(std::string_view words) const {
  if (gone_.empty()) return {};
  for (auto& mark : marks_in(words)) {
    if (is_gone(mark)) return mark;
  }
  return {};
}

}  // namespace rundbord::sim
