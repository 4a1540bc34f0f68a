// Changes to co-written texts.
#include "domain/change_set.hpp"
#include "domain/document.hpp"
#include "domain/utf16.hpp"
#include "oracle.hpp"
#include "protocol/change_set_codec.hpp"
#include "target.hpp"

namespace rundbord::fuzz {
namespace {

using protocol::change_from_json_text;
using protocol::change_to_json_text;

void hold_form(const ChangeSet& change) {
  require(change.length_before() <= summary_units_max, "a change is of a text within its limit");
  bool kept_before = false;
  bool first = true;
  for (const auto& section : change.sections()) {
    require(first || section.keep != kept_before, "neighbours differ in sort");
    require(section.length > 0 || section.inserted > 0, "no section is empty");
    kept_before = section.keep;
    first = false;
  }
  const auto written = change_to_json_text(change);
  require(json_form(written).ok, "a change is written as JSON");
  require(change_from_json_text(written) == change, "and read as written");
}

// Letters, and pairs of surrogates now and then, so that characters can be cut.
std::u16string text_of(std::size_t units) {
  std::u16string text;
  while (text.size() < units) {
    if (text.size() % 5 == 3 && text.size() + 2 <= units) {
      text += u"\U0001F600";
    } else {
      text += u'a';
    }
  }
  return text;
}

}  // namespace

RUNDBORD_FUZZ(change_set, 512) {
  Parts parts(bytes);
  const auto first = change_from_json_text(parts.next());
  if (!first) return;
  hold_form(*first);
  const auto second = change_from_json_text(parts.next());
  const auto text = text_of(first->length_before());
  if (!valid(*first, text)) return;
  const auto after_first = apply_change(*first, text);
  require(after_first.size() == first->length_after(), "a change makes a text of its length");
  require(is_well_formed(after_first), "and cuts no character");
  if (!second || !valid(*second, text)) return;
  const auto second_after = map(*second, *first, Order::after);
  const auto first_before = map(*first, *second, Order::before);
  hold_form(second_after);
  require(apply_change(second_after, after_first) ==
              apply_change(first_before, apply_change(*second, text)),
          "two who write at once arrive at one text");
  require(
      apply_change(compose(*first, second_after), text) == apply_change(second_after, after_first),
      "two changes are one");
}

RUNDBORD_FUZZ(packed_changes, 256) {
  PackedChanges changes;
  if (!changes.push_packed(bytes)) {
    require(changes.count() == 0, "what cannot be read changes nothing");
    return;
  }
  const auto read = changes.newest(1).front();
  PackedChanges again;
  again.push(read);
  require(again.newest(1).front() == read, "a change is unpacked as it was packed");
}

RUNDBORD_FUZZ(text_diff, 256) {
  Parts parts(bytes);
  const auto before = to_utf16(as_text(parts.next())).value();
  const auto after = to_utf16(as_text(parts.next())).value();
  const auto change = diff(before, after);
  require(valid(change, before), "a difference can be applied");
  require(apply_change(change, before) == after, "and makes one text of the other");
  hold_form(change);
}

}  // namespace rundbord::fuzz
