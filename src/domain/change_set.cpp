#include "domain/change_set.hpp"

#include <algorithm>
#include <stdexcept>

#include "domain/utf16.hpp"

namespace rundbord {
namespace {

void require(bool holds, const char* what) {
  if (!holds) throw std::logic_error(what);
}

// Walks over the old text of a change. Insertions are taken where they stand, before the units
// that follow them.
class OldTextCursor {
 public:
  explicit OldTextCursor(const ChangeSet& change) : sections_(change.sections()) {}

  bool done() const { return index_ == sections_.size(); }
  std::size_t take_insertion() {
    if (done() || insertion_taken_) return 0;
    const std::size_t units = sections_[index_].inserted;
    insertion_taken_ = true;
    skip_if_finished();
    return units;
  }
  std::size_t left() const { return done() ? 0 : sections_[index_].length - used_; }
  bool keeps() const { return sections_[index_].keep; }
  void advance(std::size_t units) {
    used_ += units;
    skip_if_finished();
  }

 private:
  void skip_if_finished() {
    if (left() > 0) return;
    ++index_;
    used_ = 0;
    insertion_taken_ = false;
  }

  const std::vector<Section>& sections_;
  std::size_t index_ = 0;
  std::size_t used_ = 0;
  bool insertion_taken_ = false;
};

// Walks over the new text of a change and says, for each stretch, where it came from.
class NewTextCursor {
 public:
  explicit NewTextCursor(const ChangeSet& change) : change_(change) {}

  // Lets `units` of the new text live on in `whole`, or drops them.
  void take(std::size_t units, bool keep, ChangeSet& whole) {
    while (units > 0) {
      if (left() == 0) {
        enter_next(whole);
        continue;
      }
      const auto now = std::min(units, left());
      if (section().keep) {
        keep ? whole.keep(now) : whole.remove(now);
      } else if (keep) {
        whole.insert(change_.inserted().substr(text_at_ + used_, now));
      }
      used_ += now;
      units -= now;
    }
  }
  // The deletions after the last unit.
  void finish(ChangeSet& whole) {
    while (left() == 0 && index_ + 1 < static_cast<int>(change_.sections().size())) {
      enter_next(whole);
    }
    require(left() == 0, "the second change must begin where the first one ended");
  }

 private:
  const Section& section() const { return change_.sections()[static_cast<std::size_t>(index_)]; }
  std::size_t left() const {
    if (index_ < 0) return 0;
    return (section().keep ? section().length : section().inserted) - used_;
  }
  void enter_next(ChangeSet& whole) {
    if (index_ >= 0) text_at_ += section().inserted;
    ++index_;
    used_ = 0;
    if (!section().keep) whole.remove(section().length);
  }

  const ChangeSet& change_;
  int index_ = -1;
  std::size_t used_ = 0;
  std::size_t text_at_ = 0;
};

bool splits_any_pair(const ChangeSet& change, std::u16string_view text) {
  std::size_t at = 0;
  for (const auto& section : change.sections()) {
    if (splits_pair(text, at)) return true;
    at += section.length;
  }
  return false;
}

std::size_t common_beginning(std::u16string_view a, std::u16string_view b) {
  const auto most = std::min(a.size(), b.size());
  const auto ends =
      std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(most), b.begin());
  auto units = static_cast<std::size_t>(ends.first - a.begin());
  if (units > 0 && is_high_surrogate(a[units - 1])) --units;
  return units;
}

std::size_t common_end(std::u16string_view a, std::u16string_view b, std::size_t beginning) {
  const auto most = std::min(a.size(), b.size()) - beginning;
  std::size_t units = 0;
  while (units < most && a[a.size() - units - 1] == b[b.size() - units - 1]) ++units;
  if (units > 0 && is_low_surrogate(a[a.size() - units])) --units;
  return units;
}

}  // namespace

ChangeSet ChangeSet::erased_one() {
  ChangeSet change;
  change.erased_ = true;
  return change;
}

void ChangeSet::keep(std::size_t units) {
  if (units == 0) return;
  if (sections_.empty() || !sections_.back().keep) sections_.push_back({0, 0, true});
  sections_.back().length += static_cast<std::uint32_t>(units);
  length_before_ += units;
  length_after_ += units;
}

void ChangeSet::remove(std::size_t units) {
  replace(units, 0);
}

void ChangeSet::insert(std::u16string_view text) {
  replace(0, text.size());
  inserted_ += text;
}

void ChangeSet::replace(std::size_t units, std::size_t inserted_units) {
  if (units == 0 && inserted_units == 0) return;
  if (sections_.empty() || sections_.back().keep) sections_.push_back({0, 0, false});
  sections_.back().length += static_cast<std::uint32_t>(units);
  sections_.back().inserted += static_cast<std::uint32_t>(inserted_units);
  length_before_ += units;
  length_after_ += inserted_units;
}

bool ChangeSet::changes_nothing() const {
  return sections_.empty() || (sections_.size() == 1 && sections_.front().keep);
}

std::optional<TextFault> fault_in(const ChangeSet& change, std::u16string_view text) {
  if (change.length_before() != text.size()) return TextFault::wrong_length;
  if (splits_any_pair(change, text)) return TextFault::splits_character;
  auto inserted = change.inserted();
  for (const auto& section : change.sections()) {
    if (!is_well_formed(inserted.substr(0, section.inserted))) return TextFault::lone_surrogate;
    inserted.remove_prefix(section.inserted);
  }
  if (std::any_of(change.inserted().begin(), change.inserted().end(), is_refused_control)) {
    return TextFault::control_character;
  }
  if (change.length_after() > summary_units_max) return TextFault::text_too_long;
  return std::nullopt;
}

std::u16string apply_change(const ChangeSet& change, std::u16string_view text) {
  require(change.length_before() == text.size(), "a change fits only the text it was made on");
  std::u16string result;
  result.reserve(change.length_after());
  auto inserted = change.inserted();
  for (const auto& section : change.sections()) {
    result += section.keep ? text.substr(0, section.length) : inserted.substr(0, section.inserted);
    text.remove_prefix(section.length);
    inserted.remove_prefix(section.inserted);
  }
  return result;
}

ChangeSet compose(const ChangeSet& first, const ChangeSet& second) {
  require(first.length_after() == second.length_before(),
          "the second change must begin where the first one ended");
  ChangeSet whole;
  NewTextCursor made(first);
  auto inserted = second.inserted();
  for (const auto& section : second.sections()) {
    whole.insert(inserted.substr(0, section.inserted));
    inserted.remove_prefix(section.inserted);
    made.take(section.length, section.keep, whole);
  }
  made.finish(whole);
  return whole;
}

ChangeSet map(ChangeSet change, const ChangeSet& over, Order order) {
  require(change.length_before() == over.length_before(), "both must be made on the same text");
  ChangeSet mapped;
  OldTextCursor mine(change);
  OldTextCursor theirs(over);
  while (!mine.done() || !theirs.done()) {
    const auto inserted = mine.take_insertion();
    const auto already_there = theirs.take_insertion();
    if (order == Order::before) mapped.replace(0, inserted);
    mapped.keep(already_there);
    if (order == Order::after) mapped.replace(0, inserted);
    const auto units = std::min(mine.left(), theirs.left());
    if (units == 0) continue;
    if (theirs.keeps()) mine.keeps() ? mapped.keep(units) : mapped.remove(units);
    mine.advance(units);
    theirs.advance(units);
  }
  // Mapping neither alters nor reorders what is inserted, so the text moves over as it is.
  mapped.inserted_ = std::move(change.inserted_);
  return mapped;
}

std::size_t map_position(const ChangeSet& change, std::size_t position, Order order) {
  std::size_t old_at = 0;
  std::size_t new_at = 0;
  for (const auto& section : change.sections()) {
    if (position == old_at && order == Order::before) break;
    const auto within = std::min<std::size_t>(position - old_at, section.length);
    new_at += section.inserted + (section.keep ? within : 0);
    old_at += section.length;
    if (position < old_at) break;
  }
  return new_at;
}

ChangeSet diff(std::u16string_view old_text, std::u16string_view new_text) {
  const auto beginning = common_beginning(old_text, new_text);
  const auto end = common_end(old_text, new_text, beginning);
  ChangeSet change;
  change.keep(beginning);
  change.remove(old_text.size() - beginning - end);
  change.insert(new_text.substr(beginning, new_text.size() - beginning - end));
  change.keep(end);
  return change;
}

}  // namespace rundbord
