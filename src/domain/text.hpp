// Words typed by people. Kept apart from tokens by type, so that the log stores every one of them
// beside the commit's header (where it can be erased) and no codec can forget to. Plain values.
#pragma once
#include <cstddef>
#include <map>
#include <string>

namespace rundbord {

// UTF-8 as typed: line endings are \n, no control characters but tab and newline. The protocol edge
// checks that and counts; the domain only compares with its limits.
struct Text {
  std::string utf8;
  // Extended grapheme clusters (UAX #29), counted at the edge; 0 when read back from the log.
  std::size_t graphemes = 0;
  // Read back from the log after it was erased there: nobody can know any more what it said.
  bool erased = false;

  bool empty() const { return utf8.empty(); }
  bool operator==(const Text& other) const { return utf8 == other.utf8; }
};

// The same words in several languages, by tag ("nb", "nn", "da", "en"); at least one.
using LocalText = std::map<std::string, Text>;

}  // namespace rundbord
