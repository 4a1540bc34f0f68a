// One text that several people write at once, as the server holds it: the text, its version, the
// latest changes, and each writer's last counter. Owned by the workshop's state; one thread at a
// time.
//
// `receive` decides and changes nothing; `apply` does what was decided, first when the event is
// folded in and again when the log is replayed. An edit made on an older version is mapped over
// each change it missed, one by one and never over their composition, as an edit that comes after
// what is already here (Order::after). Clients do the same steps, so all arrive at one text.
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "domain/change_set.hpp"
#include "domain/ids.hpp"
#include "domain/packed_changes.hpp"
#include "domain/rejection.hpp"

namespace rundbord {

// An edit that missed more than this gets a snapshot instead.
inline constexpr std::size_t document_changes_max = 2'000;
// Tabs whose last counter is remembered; beyond it the one silent for longest is forgotten, and a
// repeat from that tab would then count as new.
inline constexpr std::size_t document_writers_max = 1'000;
// After every so many versions clients compare the text's hash with their own.
inline constexpr int text_hash_every = 64;

struct TextEdit {
  int version = 0;  // the one it was made on; a new document has version 0
  WriterId writer;  // one tab or device, not a person
  int counter = 0;  // that writer's edits of this document, from 1; gaps are allowed
  ChangeSet change;
};

struct EditAccepted {
  int version;       // after it
  ChangeSet change;  // as to be applied to the present text, and as others get it
};
// Was accepted before: the version of the writer's latest accepted edit. The edit asked about is
// that one, or an older one that no longer matters to a client with one edit in flight.
struct EditRepeated {
  int version;
};
// The changes it missed are gone: send a snapshot with last_counter(writer).
struct EditTooOld {};
struct EditRejected {
  TextFault fault;
  std::size_t over = 0;  // with text_too_long: UTF-16 units beyond summary_units_max
};
using EditAnswer = std::variant<EditAccepted, EditRepeated, EditTooOld, EditRejected>;

// What a client is told: text_too_long, invalid_text, or invalid_change for the rest.
RejectionCode rejection_code(TextFault fault);

class Document {
 public:
  struct LastEdit {
    int counter = 0;
    int version = 0;  // after it
    bool operator==(const LastEdit&) const = default;
  };
  // All of it, as a stored state holds it.
  struct Parts {
    std::u16string text;
    int version = 0;
    PackedChanges changes;
    std::map<WriterId, LastEdit> writers;
    bool erased = false;  // then without words and changes
  };

  Document() = default;
  // Nothing when the parts cannot be of one text.
  static std::optional<Document> from_parts(Parts parts);
  // From a stored checkpoint: edits made before `version` are then too old.
  Document(std::u16string text, int version) : text_(std::move(text)), version_(version) {}

  EditAnswer receive(const TextEdit& edit) const;
  // `version` is the one after the change; throws std::logic_error unless it is the next.
  // From a change that was erased on, the text is erased too, until erase() says that it is empty.
  void apply(int version, const WriterId& writer, int counter, const ChangeSet& change);
  // The text is empty and no earlier change is known: edits made before are too old.
  void erase();

  const std::u16string& text() const { return text_; }
  int version() const { return version_; }
  bool is_erased() const { return erased_; }
  // Holds no words, not even in the changes that led here.
  bool is_blank() const { return text_.empty() && changes_.count() == 0 && !erased_; }
  const PackedChanges& changes() const { return changes_; }
  const std::map<WriterId, LastEdit>& writers() const { return writers_; }
  std::uint64_t text_hash() const;
  // Of the writer's latest accepted edit; 0 for none. A snapshot for that writer carries it, so
  // that the client knows whether its edit in flight is part of the text.
  int last_counter(const WriterId& writer) const;
  // Calls visit(writer, last counter) for each writer that is remembered.
  template <class Visit>
  void each_writer(Visit visit) const {
    for (const auto& [writer, last] : writers_) visit(writer, last.counter);
  }

 private:
  void remember(const WriterId& writer, LastEdit last);
  EditAnswer decide_on_present(const TextEdit& edit) const;

  std::u16string text_;
  int version_ = 0;
  bool erased_ = false;
  PackedChanges changes_;
  std::map<WriterId, LastEdit> writers_;
};

// FNV-1a, 64 bits (Fowler, Noll, Vo), over the text's UTF-16 units, of each the low byte first.
std::uint64_t text_hash(std::u16string_view text);
// As sent to clients: 16 lower-case hexadecimal digits.
std::string text_hash_digits(std::uint64_t hash);

}  // namespace rundbord
