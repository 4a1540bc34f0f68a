// A change to a plain text counted in UTF-16 units: what is kept, deleted and inserted, in order.
// A plain value, owned by whoever holds it: any thread.
//
// Normal form. A change is a row of sections that together cover the whole old text: *keep n*, or
// *replace n units by m units* (n or m may be 0, not both). Two neighbours are never of one sort
// and no section is empty, so equal changes have equal sections. Everything here returns that form.
//
// Where an insertion stands. The text of a replace section is inserted at the section's *start*;
// the deleted units follow it. So an insertion made inside a range that someone else deleted
// comes after whatever that person put in its place.
//
// Tie-break. Two insertions at the same position of the same text: the one already on the server
// goes first. Hence the server and the client map a change that is *not yet* on the server with
// Order::after, and the client maps what comes *from* the server over its own unsent edits with
// Order::before. With that, for a and b made on the same text,
//   a, then map(b, a, after)   and   b, then map(a, b, before)
// give one text, where a is the one on the server.
// This holds for one change over one change. Mapping over a composition can place insertions
// differently from mapping over its parts: always map over the missed changes one by one.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rundbord {

// A summary: about 20 printed pages. Longer texts are refused, never cut.
inline constexpr std::size_t summary_units_max = 40'000;
// Bounds the work of mapping one stale edit over 2,000 missed ones (50 ms); a client with more
// places to change sends them in several edits.
inline constexpr std::size_t change_sections_max = 1'000;

// Why a change cannot be applied to a text.
enum class TextFault {
  wrong_length,       // made on a text of another length
  splits_character,   // cuts a surrogate pair in two
  lone_surrogate,     // inserts half a character
  control_character,  // inserts a control character other than tab and newline
  text_too_long,      // the result would be longer than summary_units_max
  too_many_sections,  // more than change_sections_max
  unknown_version,    // made on a version that does not exist yet
  bad_counter,        // counters start at 1
};
struct Section {
  std::uint32_t length;    // units of the old text
  std::uint32_t inserted;  // units of new text; 0 when kept
  bool keep;
  bool operator==(const Section&) const = default;
};

enum class Order { before, after };

class ChangeSet {
 public:
  // Built from left to right; neighbours are merged, empty parts vanish.
  void keep(std::size_t units);
  void remove(std::size_t units);
  void insert(std::u16string_view text);

  // A stored change whose words were erased: it has no sections and fits no text.
  static ChangeSet erased_one();
  bool is_erased() const { return erased_; }

  const std::vector<Section>& sections() const { return sections_; }
  // The texts of all replace sections, one after the other.
  std::u16string_view inserted() const { return inserted_; }
  std::size_t length_before() const { return length_before_; }
  std::size_t length_after() const { return length_after_; }
  bool changes_nothing() const;
  bool operator==(const ChangeSet&) const = default;

 private:
  friend ChangeSet map(ChangeSet change, const ChangeSet& over, Order order);
  void replace(std::size_t units, std::size_t inserted_units);

  std::vector<Section> sections_;
  std::u16string inserted_;
  std::size_t length_before_ = 0;
  std::size_t length_after_ = 0;
  bool erased_ = false;
};

// The first fault found, in the order of TextFault; nothing when the change may be applied.
std::optional<TextFault> fault_in(const ChangeSet& change, std::u16string_view text);
inline bool valid(const ChangeSet& change, std::u16string_view text) {
  return !fault_in(change, text);
}

// Needs change.length_before() == text.size(); throws std::logic_error otherwise, as do the others
// when lengths do not meet: that is a mistake in the program, clients' changes are checked before.
std::u16string apply_change(const ChangeSet& change, std::u16string_view text);
// First `first`, then `second`, as one change.
ChangeSet compose(const ChangeSet& first, const ChangeSet& second);
// `change` and `over` were made on the same text; the result does `change` after `over` was done.
ChangeSet map(ChangeSet change, const ChangeSet& over, Order order);
// Where a position goes. At an insertion it stays before it or moves after it; inside a deleted
// range it ends after what was inserted in the range's place.
std::size_t map_position(const ChangeSet& change, std::size_t position, Order order);
// One replacement between the longest common beginning and the longest common end left after it,
// on whole characters.
ChangeSet diff(std::u16string_view old_text, std::u16string_view new_text);

}  // namespace rundbord
