#include <algorithm>
#include <set>

#include "protocol/column_counts.hpp"
#include "protocol/entity_writer.hpp"

namespace rundbord::protocol {
namespace {

// How many of the newest messages a newcomer gets.
constexpr std::size_t messages_shown_max = 5;

Programme without_own_questions(Programme programme) {
  for (auto& task : programme.tasks) {
    std::vector<Question> common;
    for (auto& question : task.questions) {
      if (!question.room) common.push_back(std::move(question));
    }
    task.questions = std::move(common);
  }
  return programme;
}

class StateWriter {
 public:
  StateWriter(const View& view, const Channel& channel, std::string& out)
      : view_(view), workshop_(view.workshop), channel_(channel), out_(out), writer_(out) {}

  void operator()(const Plenary&) {
    writer_.member("workshop");
    writer_.open();
    writer_("id", workshop_.id);
    writer_("settings", workshop_.settings);
    writer_("programme", without_own_questions(workshop_.programme));
    writer_("roles", workshop_.roles);
    writer_("rooms_locked", workshop_.rooms_locked);
    writer_("started", workshop_.started);
    writer_.close();
    writer_.member("rooms");
    write_list(out_, workshop_.rooms, [&](const auto& entry) { return write_door(entry.second); });
    writer_.member("sittings");
    write_list(out_, workshop_.sittings, [&](const auto& entry) {
      writer_.write(entry.second);
      return true;
    });
    write_messages([](const Message& message) { return message.rooms.empty(); });
  }

  void operator()(const RoomChannel& channel) {
    const auto* room = find_room(workshop_, channel.room);
    if (!room) return;
    writer_.member("room");
    writer_.open();
    write_room(*room);
    writer_("hands", room->hands);
    writer_.close();
    writer_.member("seats");
    write_list(out_, seats_in(workshop_, room->number), [&](const Seat* seat) {
      write_seat(writer_, view_, *seat);
      return true;
    });
    write_own_questions([&](RoomNumber owner) { return owner == room->number; });
    write_columns(*room);
    writer_.member("texts");
    write_list(out_, room->texts, [&](const auto& entry) {
      write_text(writer_, entry.first, entry.second);
      return true;
    });
    writer_("sign_offs", room->sign_offs);
    write_messages([&](const Message& message) {
      return std::find(message.rooms.begin(), message.rooms.end(), room->number) !=
             message.rooms.end();
    });
    const auto waiting = count_private(workshop_, *room);
    writer_("private_notes", waiting.notes);
    writer_("private_writers", waiting.writers);
  }

  void operator()(const SeatChannel& channel) {
    if (find_seat(workshop_, channel.seat)) {
      writer_.member("seat");
      write_seat_by_id(writer_, view_, channel.seat);
    }
    writer_.member("notes");
    const auto of_author = workshop_.notes_by_author.find(channel.seat);
    static const std::set<NoteId> none;
    const auto& said = of_author == workshop_.notes_by_author.end() ? none : of_author->second;
    write_list(out_, said, [&](const NoteId& id) {
      const auto& note = workshop_.notes.at(id);
      if (note.deleted) return false;
      if (!note.is_private && note.author_shown) return false;
      write_note(writer_, view_, note, channel_);
      return true;
    });
  }

  void operator()(const ConsoleChannel&) {
    writer_.member("rooms");
    write_list(out_, workshop_.rooms, [&](const auto& entry) {
      write_measured_room(entry.second);
      return true;
    });
    writer_.member("seats");
    write_list(out_, workshop_.seats, [&](const auto& entry) {
      write_seat(writer_, view_, entry.second);
      return true;
    });
    write_own_questions([](RoomNumber) { return true; });
    writer_.member("messages");
    write_list(out_, workshop_.messages, [&](const Message& message) {
      writer_.open();
      write_message(message);
      writer_("rooms", message.rooms);
      writer_("confirmed", message.confirmed.size());
      writer_.close();
      return true;
    });
  }

  void operator()(const WallChannel& channel) {
    writer_.member("rooms");
    write_list(out_, workshop_.rooms, [&](const auto& entry) {
      const Room& room = entry.second;
      writer_.open();
      writer_("room", room.number);
      writer_.member("notes");
      write_notes(room, channel.place);
      if (const auto text = room.texts.find(channel.place); text != room.texts.end()) {
        writer_.member("text");
        write_text(writer_, text->first, text->second);
      }
      writer_.close();
      return true;
    });
  }

 private:
  bool write_door(const Room& room) {
    writer_.open();
    writer_("number", room.number);
    writer_("label", room.label);
    writer_("closed", room.closed);
    writer_.close();
    return true;
  }

  void write_room(const Room& room) {
    writer_("number", room.number);
    writer_("label", room.label);
    writer_("closed", room.closed);
    writer_("roles", room.roles);
    writer_("step", room.step);
    writer_("step_changed", room.step_changed);
    writer_("help_asked", room.help_asked);
    writer_("time_asked", room.time_asked);
  }

  void write_notes(const Room& room, const Place& place) {
    static const std::vector<NoteId> none;
    const auto column = room.columns.find(place);
    write_list(out_, column == room.columns.end() ? none : column->second, [&](const NoteId& id) {
      const auto* note = find_note(workshop_, id);
      if (!note || note->deleted || note->is_private) return false;
      write_note(writer_, view_, *note, channel_);
      return true;
    });
  }

  void write_columns(const Room& room) {
    writer_.member("columns");
    write_list(out_, room.columns, [&](const auto& entry) {
      writer_.open();
      writer_("place", entry.first);
      writer_.member("notes");
      write_notes(room, entry.first);
      writer_.close();
      return true;
    });
  }

  void write_measured_room(const Room& room) {
    writer_.open();
    write_room(room);
    writer_.member("columns");
    write_list(out_, room.columns, [&](const auto& entry) {
      const auto count = count_column(workshop_, room, entry.first);
      writer_.open();
      writer_("place", entry.first);
      writer_("notes", count.notes);
      writer_("unanswered", count.unanswered);
      writer_.close();
      return true;
    });
    writer_.member("texts");
    write_list(out_, room.texts, [&](const auto& entry) {
      writer_.open();
      writer_("place", entry.first);
      writer_("version", entry.second.version());
      writer_("units", entry.second.text().size());
      writer_.close();
      return true;
    });
    writer_("sign_offs", room.sign_offs);
    writer_.close();
  }

  template <class Wanted>
  void write_own_questions(Wanted wanted) {
    writer_.member("questions");
    out_ += '[';
    for (const auto& task : workshop_.programme.tasks) {
      for (const auto& question : task.questions) {
        if (!question.room || !wanted(*question.room)) continue;
        if (out_.back() != '[') out_ += ',';
        writer_.open();
        writer_("task", task.number);
        writer_("question", question);
        writer_.close();
      }
    }
    out_ += ']';
  }

  template <class Wanted>
  void write_messages(Wanted wanted) {
    std::vector<const Message*> newest;
    for (const auto& message : workshop_.messages) {
      if (wanted(message)) newest.push_back(&message);
    }
    if (newest.size() > messages_shown_max) {
      newest.erase(newest.begin(), newest.end() - messages_shown_max);
    }
    writer_.member("messages");
    write_list(out_, newest, [&](const Message* message) {
      writer_.open();
      write_message(*message);
      writer_.close();
      return true;
    });
  }

  void write_message(const Message& message) {
    writer_("id", message.id);
    writer_("text", message.text);
    writer_("sent", message.sent);
  }

  const View& view_;
  const Workshop& workshop_;
  const Channel& channel_;
  std::string& out_;
  FieldWriter writer_;
};

}  // namespace

std::string encode_state(const View& view, const Channel& channel) {
  std::string out = "{";
  std::visit(StateWriter(view, channel, out), channel);
  out += '}';
  return out;
}

}  // namespace rundbord::protocol
