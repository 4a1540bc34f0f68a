#include "domain/utf16.hpp"
#include "protocol/entity_writer.hpp"

namespace rundbord::protocol {
namespace {

bool on_console(const Channel& channel) {
  return std::holds_alternative<ConsoleChannel>(channel);
}
bool on_room(const Channel& channel) {
  return std::holds_alternative<RoomChannel>(channel);
}

// Whose private note it is, nobody but its author is told.
struct WithoutOwner {
  FieldWriter& writer;
  template <class T>
  void operator()(std::string_view key, const T& value) {
    if (key != "private_to") writer(key, value);
  }
};

// One channel's encoding of one event; an overload for each kind that is not sent as it is.
class EventWriter {
 public:
  EventWriter(const View& view, const Channel& channel, std::string& out)
      : view_(view), channel_(channel), out_(out), writer_(out) {}

  template <class Kind>
  void operator()(const Kind& event) {
    writer_.write_named("event", event);
  }

  void operator()(const SeatJoined& event) {
    begin(event.name);
    writer_.member("seat");
    // As stamped in the event, with the present name: later changes come as later events.
    writer_.open();
    Seat::fields(event.seat, writer_);
    write_person(writer_, view_, event.seat.id);
    writer_.close();
    writer_.close();
  }

  void operator()(const SeatNamed& event) {
    open(event);
    write_person(writer_, view_, event.seat);
    writer_.close();
  }

  void operator()(const SeatMoved& event) {
    open(event);
    const auto* room = std::get_if<RoomChannel>(&channel_);
    if (on_console(channel_) || (room && event.to == room->room)) {
      writer_.member("who");
      write_seat_by_id(writer_, view_, event.seat);
    }
    writer_.close();
  }

  void operator()(const NoteWritten& event) {
    if (on_console(channel_)) return count(event.note.room, event.note.place, event.note.id);
    begin(event.name);
    writer_.member("note");
    if (event.note.is_private && on_room(channel_)) {
      write_veiled(event.note);
      write_private_counts(event.note.room);
    } else {
      write_note(writer_, view_, event.note, channel_);
    }
    writer_.close();
  }

  void operator()(const NoteEdited& event) {
    if (on_console(channel_)) return count(event.room, event.place, event.note);
    writer_.write_named("event", event);
  }

  void operator()(const NoteDeleted& event) {
    if (on_console(channel_)) return count(event.room, event.place, event.note);
    open(event);
    if (event.private_to) write_private_counts(event.room);
    writer_.close();
  }

  void operator()(const NoteRestored& event) {
    if (on_console(channel_)) return count(event.room, event.place, event.note);
    open(event);
    if (event.private_to) write_private_counts(event.room);
    if (!event.private_to || !on_room(channel_)) write_whole(event.note);
    writer_.close();
  }

  void operator()(const NoteMoved& event) {
    if (on_console(channel_)) {
      count(event.room, event.from, event.note);
      if (event.to == event.from) return;
      out_ += ',';
      return count(event.room, event.to, event.note);
    }
    open(event);
    const auto* wall = std::get_if<WallChannel>(&channel_);
    if (wall && wall->place == event.to) write_whole(event.note);
    writer_.close();
  }

  void operator()(const NoteMarked& event) {
    if (on_console(channel_)) return count(event.room, event.place, event.note);
    writer_.write_named("event", event);
  }

  void operator()(const NotesRevealed& event) {
    begin(event.name);
    writer_("room", event.room);
    if (!on_console(channel_)) {
      writer_.member("notes");
      write_list(out_, event.notes, [&](const RevealedNote& revealed) {
        const auto* wall = std::get_if<WallChannel>(&channel_);
        const auto* note = find_note(view_.workshop, revealed.note);
        if (!note || (wall && wall->place != revealed.place)) return false;
        write_note(writer_, view_, *note, channel_);
        return true;
      });
    }
    write_private_counts(event.room);
    writer_.close();
  }

  // A correction leaves the wording before it; where there is none, they were erased.
  void operator()(const QuestionCorrected& event) {
    open(event);
    const auto* question = find_question(view_.workshop, event.task, event.question);
    if (question && question->earlier.empty()) writer_("earlier_erased", true);
    writer_.close();
  }

  void operator()(const TextChanged& event) {
    const auto& text = view_.workshop.rooms.at(event.room).texts.at(event.place);
    if (on_console(channel_)) {
      begin("text_measured");
      writer_("room", event.room);
      writer_("place", event.place);
      writer_("version", event.version);
      writer_("units", text.text().size());
    } else {
      open(event);
      if (event.version % text_hash_every == 0 && text.version() == event.version) {
        writer_("hash", text_hash_digits(text.text_hash()));
      }
    }
    writer_.close();
  }

 private:
  void begin(std::string_view name) {
    writer_.open();
    writer_("event", name);
  }

  template <class Kind>
  void open(const Kind& event) {
    begin(Kind::name);
    if (std::holds_alternative<SeatChannel>(channel_)) return Kind::fields(event, writer_);
    WithoutOwner others{writer_};
    Kind::fields(event, others);
  }

  void count(RoomNumber room, const Place& place, const NoteId& changed) {
    const auto& workshop = view_.workshop;
    const auto column = view_.counts ? view_.counts->after_change(workshop, room, place, changed)
                                     : count_column(workshop, workshop.rooms.at(room), place);
    begin("column_counted");
    writer_("room", room);
    writer_("place", place);
    writer_("notes", column.notes);
    writer_("unanswered", column.unanswered);
    writer_.close();
  }

  void write_veiled(const Note& note) {
    writer_.open();
    writer_("id", note.id);
    writer_("place", note.place);
    writer_("private", true);
    writer_.close();
  }

  void write_private_counts(RoomNumber room) {
    const auto count = count_private(view_.workshop, view_.workshop.rooms.at(room));
    writer_("private_notes", count.notes);
    writer_("private_writers", count.writers);
  }

  void write_whole(const NoteId& id) {
    const auto* note = find_note(view_.workshop, id);
    if (!note) return;
    writer_.member("whole");
    write_note(writer_, view_, *note, channel_);
  }

  const View& view_;
  const Channel& channel_;
  std::string& out_;
  FieldWriter writer_;
};

}  // namespace

std::string encode_event(const View& view, const Event& event, const Channel& channel) {
  std::string out;
  std::visit(EventWriter(view, channel, out), event);
  return out;
}

}  // namespace rundbord::protocol
