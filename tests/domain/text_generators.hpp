// Random texts and changes for the text properties: short, with letters outside the BMP and line
// breaks, and edges only between whole characters. Used by one test at a time.
#pragma once
#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <vector>

#include "domain/change_set.hpp"

namespace rundbord::testing {

inline std::u16string random_text(std::size_t characters_max) {
  static const std::vector<std::u16string> characters{u"a", u"b",  u"ø",          u"ŋ",
                                                      u" ", u"\n", u"\U0001F600", u"\U0001D11E"};
  const auto count = *rc::gen::inRange<std::size_t>(0, characters_max + 1);
  std::u16string text;
  for (std::size_t i = 0; i < count; ++i) text += *rc::gen::elementOf(characters);
  return text;
}

// The positions between whole characters, both ends included.
inline std::vector<std::size_t> cuts(const std::u16string& text) {
  std::vector<std::size_t> positions{0};
  while (positions.back() < text.size()) {
    const bool pair = (text[positions.back()] & 0xFC00) == 0xD800;
    positions.push_back(positions.back() + (pair ? 2 : 1));
  }
  return positions;
}

inline ChangeSet random_change(const std::u16string& text) {
  ChangeSet change;
  const auto positions = cuts(text);
  std::size_t at = 0;
  while (at + 1 < positions.size()) {
    const auto to = *rc::gen::inRange<std::size_t>(at + 1, std::min(positions.size(), at + 6));
    const auto units = positions[to] - positions[at];
    const auto kind = *rc::gen::inRange(0, 4);
    if (kind >= 2) change.insert(random_text(3));
    kind % 2 == 0 ? change.keep(units) : change.remove(units);
    at = to;
  }
  if (*rc::gen::inRange(0, 3) == 0) change.insert(random_text(3));
  return change;
}

}  // namespace rundbord::testing
