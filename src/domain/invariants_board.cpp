// What must hold of preparation, sittings, notes, texts and sign-off after every event.
#include <algorithm>
#include <set>

#include "domain/applies.hpp"
#include "domain/board.hpp"
#include "domain/utf16.hpp"

namespace rundbord {
namespace {

class Findings {
 public:
  void expect(bool holds, const std::string& what, const std::string& of) {
    if (!holds) sentences_.push_back(of + ": " + what);
  }
  std::vector<std::string> take() { return std::move(sentences_); }

 private:
  std::vector<std::string> sentences_;
};

bool exists(const Workshop& workshop, RoomNumber room, const Place& place) {
  return !unknown_place(workshop.programme, room, place, "");
}

void expect_programme(const Workshop& workshop, Findings& findings) {
  const auto fault = fault_in(workshop.programme);
  findings.expect(!fault, fault ? std::string(code_name(fault->code)) + " in " + fault->field : "",
                  "programme");
}

void expect_sitting(const SittingProgress& progress, Findings& findings) {
  const auto of = "sitting " + std::to_string(progress.sitting);
  const bool called = progress.state == SittingState::called_back;
  const bool ends = called || progress.state == SittingState::writing;
  findings.expect(progress.steps_end_at.has_value() == called,
                  "steps have a deadline just when called back", of);
  findings.expect(progress.texts_close_at.has_value() == ends,
                  "texts have a deadline just from call back to closing", of);
  findings.expect(progress.checksum.empty() || is_checksum(progress.checksum),
                  "the checksum is SHA-256", of);
  const bool is_revised = progress.revision >= 1;
  findings.expect(is_revised || progress.checksum.empty(), "only a revision is sealed", of);
  findings.expect(!is_revised || progress.state == SittingState::closed,
                  "only a closed sitting has revisions", of);
}

void expect_sittings(const Workshop& workshop, Findings& findings) {
  findings.expect(workshop.sittings.size() == workshop.programme.sittings.size(),
                  "each planned one has its progress", "sittings");
  for (const auto& [number, progress] : workshop.sittings) {
    findings.expect(progress.sitting == number, "its progress is its own",
                    "sitting " + std::to_string(number));
    expect_sitting(progress, findings);
  }
}

void expect_note(const Workshop& workshop, const Note& note, Findings& findings) {
  const auto of = "note " + to_text(note.id);
  const auto* room = find_room(workshop, note.room);
  findings.expect(room, "stands in a room", of);
  if (!room) return;
  findings.expect(exists(workshop, note.room, note.place), "stands in the programme", of);
  findings.expect(!note.text.empty() || note.text.erased, "has words", of);
  findings.expect(note.version >= 1, "versions count from 1", of);
  findings.expect(!note.author || !note.author_key, "has an author or a key, not both", of);
  findings.expect(!note.is_private || note.author, "only an author keeps a note private", of);
  const auto column = room->columns.find(note.place);
  const bool stands = column != room->columns.end() &&
                      std::count(column->second.begin(), column->second.end(), note.id) == 1;
  findings.expect(stands, "stands once in its column", of);
}

void expect_columns(const Workshop& workshop, Findings& findings) {
  std::size_t standing = 0;
  for (const auto& [number, room] : workshop.rooms) {
    std::size_t in_room = 0;
    for (const auto& [place, column] : room.columns) in_room += column.size();
    findings.expect(in_room <= notes_per_room_max, "holds no more notes than it may",
                    "room " + std::to_string(to_int(number)));
    standing += in_room;
  }
  // With every note standing once in its own column, an equal sum leaves nothing over; so with
  // those of an author.
  findings.expect(standing == workshop.notes.size(), "hold each note once", "columns");
  std::size_t by_author = 0, with_author = 0;
  for (const auto& [author, notes] : workshop.notes_by_author) by_author += notes.size();
  for (const auto& [id, note] : workshop.notes) {
    if (!note.author) continue;
    ++with_author;
    const auto found = workshop.notes_by_author.find(*note.author);
    findings.expect(found != workshop.notes_by_author.end() && found->second.count(id) == 1,
                    "hold every note", "those of an author");
  }
  findings.expect(by_author == with_author, "hold each note once", "those of authors");
}

void expect_texts(const Workshop& workshop, const Room& room, Findings& findings) {
  const auto of = "room " + std::to_string(to_int(room.number));
  for (const auto& [place, text] : room.texts) {
    findings.expect(exists(workshop, room.number, place), "its texts stand in the programme", of);
    findings.expect(text.text().size() <= summary_units_max && is_well_formed(text.text()),
                    "its texts are whole and not too long", of);
  }
}

void expect_sign_offs(const Workshop& workshop, const Room& room, Findings& findings) {
  const auto of = "room " + std::to_string(to_int(room.number));
  std::set<std::pair<SeatId, std::optional<int>>> signed_off;
  for (const auto& sign_off : room.sign_offs) {
    findings.expect(!sign_off.task || find_task(workshop, *sign_off.task),
                    "what is signed off stands in the programme", of);
    findings.expect(signed_off.insert({sign_off.seat, sign_off.task}).second,
                    "a seat signs once for a task or the whole", of);
  }
}

void expect_messages(const Workshop& workshop, Findings& findings) {
  std::set<MessageId> ids;
  for (const auto& message : workshop.messages) {
    findings.expect(ids.insert(message.id).second, "was sent once",
                    "message " + to_text(message.id));
  }
  findings.expect(workshop.messages.size() <= messages_max, "are no more than allowed", "messages");
}

void expect_rooms(const Workshop& workshop, Findings& findings) {
  findings.expect(workshop.rooms.size() <= rooms_max, "are no more than allowed", "rooms");
  for (const auto& [number, room] : workshop.rooms) {
    const auto of = "room " + std::to_string(to_int(number));
    findings.expect(room.number == number, "has its own number", of);
    findings.expect(!room.closed || room.hands.empty(), "nobody waits in a closed room", of);
    expect_texts(workshop, room, findings);
    expect_sign_offs(workshop, room, findings);
  }
}

}  // namespace

std::vector<std::string> broken_board_invariants(const Workshop& workshop) {
  Findings findings;
  if (workshop.seq == 0 && workshop.programme.sittings.empty()) return {};
  expect_programme(workshop, findings);
  expect_sittings(workshop, findings);
  expect_rooms(workshop, findings);
  expect_columns(workshop, findings);
  for (const auto& [id, note] : workshop.notes) expect_note(workshop, note, findings);
  expect_messages(workshop, findings);
  return findings.take();
}

}  // namespace rundbord
