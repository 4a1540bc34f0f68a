// How many notes stand in a column, as the console shows it. Owned by the live workshop whose notes
// they are; one thread.
#pragma once
#include <map>
#include <unordered_map>
#include <utility>

#include "domain/audience.hpp"
#include "domain/workshop.hpp"

namespace rundbord::protocol {

struct ColumnCount {
  int notes = 0;
  int unanswered = 0;  // empty, or only the question or a title repeated
  bool operator==(const ColumnCount&) const = default;
};

// Looks at every note of the column.
ColumnCount count_column(const Workshop& workshop, const Room& room, const Place& place);

// Keeps the counts that were asked for, so that a note costs the same in a long column as in a
// short one: counting 1,000 notes anew takes about a millisecond.
class ColumnCounts {
 public:
  // After an event that changed nothing of this column but perhaps `changed`. Every such event must
  // come here, and every other one to forget_if_changed().
  ColumnCount after_change(const Workshop& workshop, RoomNumber room, const Place& place,
                           const NoteId& changed);
  // An event that may change what counts as answered makes all counts start anew.
  void forget_if_changed(const Event& event);

 private:
  struct NoteIdHash {
    std::size_t operator()(const NoteId& id) const;
  };
  struct Column {
    ColumnCount count;
    std::unordered_map<NoteId, bool, NoteIdHash> unanswered;  // of each note that counts
  };
  Column counted(const Workshop& workshop, RoomNumber room, const Place& place) const;
  static void take_out(Column& column, const NoteId& id);
  static void put_in(Column& column, const Workshop& workshop, const Note& note);

  std::map<std::pair<RoomNumber, Place>, Column> columns_;
};

}  // namespace rundbord::protocol
