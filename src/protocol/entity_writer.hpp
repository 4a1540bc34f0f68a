// How seats, notes and texts look to the sessions on one channel. Inside protocol/ only; one
// thread.
#pragma once
#include <string_view>
#include <vector>

#include "protocol/field_writer.hpp"
#include "protocol/wire_codec.hpp"

namespace rundbord::protocol {

// Private notes waiting in a room, and how many seats wrote them.
struct PrivateCount {
  int notes = 0;
  int writers = 0;
};

void write_seat(FieldWriter& writer, const View& view, const Seat& seat);
void write_seat_by_id(FieldWriter& writer, const View& view, const SeatId& seat);
void write_note(FieldWriter& writer, const View& view, const Note& note, const Channel& channel);
void write_text(FieldWriter& writer, const Place& place, const Document& document);
void write_person(FieldWriter& writer, const View& view, const SeatId& seat);

PrivateCount count_private(const Workshop& workshop, const Room& room);

// Writes a JSON list: `each(item)` writes one item and says whether it did.
template <class Range, class Each>
void write_list(std::string& out, const Range& range, Each each) {
  out += '[';
  for (const auto& item : range) {
    const auto before = out.size();
    if (out.back() != '[') out += ',';
    if (!each(item)) out.resize(before);
  }
  out += ']';
}

}  // namespace rundbord::protocol
