#include "domain/document.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace rundbord {
namespace {

// What can be told without the text the edit was made on.
std::optional<TextFault> fault_in_form(const TextEdit& edit, int present_version) {
  if (edit.counter < 1) return TextFault::bad_counter;
  if (edit.version < 0 || edit.version > present_version) return TextFault::unknown_version;
  if (edit.change.sections().size() > change_sections_max) return TextFault::too_many_sections;
  return std::nullopt;
}

// Each change was made on what the one before it left, and the last left the text.
bool lead_to(const std::vector<ChangeSet>& changes, std::size_t length) {
  for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
    if (change->length_after() != length) return false;
    length = change->length_before();
  }
  return true;
}

}  // namespace

RejectionCode rejection_code(TextFault fault) {
  switch (fault) {
    case TextFault::text_too_long:
      return RejectionCode::text_too_long;
    case TextFault::lone_surrogate:
    case TextFault::control_character:
      return RejectionCode::invalid_text;
    case TextFault::wrong_length:
    case TextFault::splits_character:
    case TextFault::too_many_sections:
    case TextFault::unknown_version:
    case TextFault::bad_counter:
      return RejectionCode::invalid_change;
  }
  throw std::logic_error("a fault without a code");
}

std::optional<Document> Document::from_parts(Parts parts) {
  const auto count = parts.changes.count();
  if (parts.version < 0 || count > static_cast<std::size_t>(parts.version) ||
      count > document_changes_max || parts.writers.size() > document_writers_max) {
    return std::nullopt;
  }
  if (parts.erased && !(parts.text.empty() && count == 0)) return std::nullopt;
  if (!lead_to(parts.changes.newest(count), parts.text.size())) return std::nullopt;
  Document document;
  document.text_ = std::move(parts.text);
  document.version_ = parts.version;
  document.changes_ = std::move(parts.changes);
  document.writers_ = std::move(parts.writers);
  document.erased_ = parts.erased;
  return document;
}

// Repeats are answered before anything else is looked at: what was accepted stays accepted.
EditAnswer Document::receive(const TextEdit& edit) const {
  const auto last = writers_.find(edit.writer);
  if (last != writers_.end() && edit.counter >= 1 && edit.counter <= last->second.counter) {
    return EditRepeated{last->second.version};
  }
  if (const auto fault = fault_in_form(edit, version_)) return EditRejected{*fault};
  const auto missed = static_cast<std::size_t>(version_ - edit.version);
  if (missed > changes_.count()) return EditTooOld{};
  if (missed == 0) return decide_on_present(edit);

  const auto missed_changes = changes_.newest(missed);
  if (edit.change.length_before() != missed_changes.front().length_before()) {
    return EditRejected{TextFault::wrong_length};
  }
  auto mapped = edit;
  for (const auto& change : missed_changes) {
    mapped.change = map(std::move(mapped.change), change, Order::after);
  }
  return decide_on_present(mapped);
}

EditAnswer Document::decide_on_present(const TextEdit& edit) const {
  const auto fault = fault_in(edit.change, text_);
  if (fault == TextFault::text_too_long) {
    return EditRejected{*fault, edit.change.length_after() - summary_units_max};
  }
  if (fault) return EditRejected{*fault};
  return EditAccepted{version_ + 1, edit.change};
}

void Document::apply(int version, const WriterId& writer, int counter, const ChangeSet& change) {
  if (version != version_ + 1) throw std::logic_error("a change of a text was left out");
  version_ = version;
  remember(writer, {counter, version});
  if (change.is_erased()) {
    erase();
    erased_ = true;
  }
  if (erased_) return;
  text_ = apply_change(change, text_);
  changes_.push(change);
  if (changes_.count() > document_changes_max) changes_.drop_oldest();
}

void Document::erase() {
  text_.clear();
  text_.shrink_to_fit();
  changes_ = {};
  erased_ = false;
}

void Document::remember(const WriterId& writer, LastEdit last) {
  writers_.insert_or_assign(writer, last);
  if (writers_.size() <= document_writers_max) return;
  writers_.erase(std::min_element(writers_.begin(), writers_.end(), [](auto& a, auto& b) {
    return a.second.version < b.second.version;
  }));
}

std::uint64_t Document::text_hash() const {
  return rundbord::text_hash(text_);
}

int Document::last_counter(const WriterId& writer) const {
  const auto last = writers_.find(writer);
  return last == writers_.end() ? 0 : last->second.counter;
}

std::uint64_t text_hash(std::u16string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325u;
  const auto mix = [&hash](unsigned byte) { hash = (hash ^ byte) * 0x100000001B3u; };
  for (const auto unit : text) {
    mix(unit & 0xFFu);
    mix(unit >> 8);
  }
  return hash;
}

std::string text_hash_digits(std::uint64_t hash) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text(16, '0');
  for (int i = 15; i >= 0; --i, hash >>= 4) text[static_cast<std::size_t>(i)] = digits[hash & 15];
  return text;
}

}  // namespace rundbord
