#include "protocol/entity_writer.hpp"

#include <algorithm>
#include <set>

#include "domain/utf16.hpp"

namespace rundbord::protocol {
namespace {

// Passes on the fields a channel may see.
class Sieve {
 public:
  Sieve(FieldWriter& writer, std::vector<std::string_view> hidden)
      : writer_(writer), hidden_(std::move(hidden)) {}

  template <class T>
  void operator()(std::string_view key, const T& value) {
    if (std::find(hidden_.begin(), hidden_.end(), key) == hidden_.end()) writer_(key, value);
  }

 private:
  FieldWriter& writer_;
  std::vector<std::string_view> hidden_;
};

bool author_is_shown(const View& view, const Note& note, const Channel& channel) {
  if (std::holds_alternative<SeatChannel>(channel)) return true;
  if (!std::holds_alternative<RoomChannel>(channel)) return false;
  return note.author_shown && view.workshop.settings.authorship == Authorship::shown;
}

}  // namespace

void write_person(FieldWriter& writer, const View& view, const SeatId& seat) {
  const auto name = view.names.find(seat);
  if (name == view.names.end()) return;
  writer("person", name->second.person);
  writer("organisation", name->second.organisation);
}

void write_seat(FieldWriter& writer, const View& view, const Seat& seat) {
  writer.open();
  Seat::fields(seat, writer);
  write_person(writer, view, seat.id);
  writer.close();
}

void write_seat_by_id(FieldWriter& writer, const View& view, const SeatId& id) {
  const auto* seat = find_seat(view.workshop, id);
  if (seat) {
    write_seat(writer, view, *seat);
  } else {
    writer.write(Seat{id, {}, {}, 0, false, false, 0, 0});
  }
}

void write_note(FieldWriter& writer, const View& view, const Note& note, const Channel& channel) {
  std::vector<std::string_view> hidden{"author_key", "deleted"};
  if (!author_is_shown(view, note, channel)) hidden.push_back("author");
  Sieve sieve(writer, std::move(hidden));
  writer.open();
  Note::fields(note, sieve);
  writer.close();
}

void write_text(FieldWriter& writer, const Place& place, const Document& document) {
  writer.open();
  writer("place", place);
  writer("version", document.version());
  writer("text", to_utf8(document.text()).value_or(""));
  writer.member("writers");
  writer.open();
  document.each_writer(
      [&](const WriterId& id, int counter) { writer(rundbord::to_text(id), counter); });
  writer.close();
  writer("hash", text_hash_digits(document.text_hash()));
  writer.close();
}

PrivateCount count_private(const Workshop& workshop, const Room& room) {
  PrivateCount count;
  std::set<SeatId> writers;
  for (const auto& [place, column] : room.columns) {
    for (const auto& id : column) {
      const auto* note = find_note(workshop, id);
      if (!note || note->deleted || !note->is_private) continue;
      ++count.notes;
      if (note->author) writers.insert(*note->author);
    }
  }
  count.writers = static_cast<int>(writers.size());
  return count;
}

}  // namespace rundbord::protocol
