#include "protocol/typed_text.hpp"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace rundbord::protocol {
namespace {

std::string with_plain_newlines(std::string_view typed) {
  std::string plain;
  plain.reserve(typed.size());
  for (std::size_t at = 0; at < typed.size(); ++at) {
    if (typed[at] != '\r') {
      plain += typed[at];
    } else if (at + 1 == typed.size() || typed[at + 1] != '\n') {
      plain += '\n';
    }
  }
  return plain;
}

bool is_control(UChar32 c) {
  const bool allowed = c == '\t' || c == '\n';
  return !allowed && (c < 0x20 || (c >= 0x7F && c <= 0x9F));
}

std::optional<TextFault> fault_of(std::string_view utf8) {
  const auto length = static_cast<int32_t>(utf8.size());
  for (int32_t at = 0; at < length;) {
    UChar32 c = 0;
    U8_NEXT(utf8.data(), at, length, c);
    if (c < 0) return TextFault::invalid_utf8;
    if (is_control(c)) return TextFault::control_character;
  }
  return std::nullopt;
}

// Below U+0300, but for \r\n, each character is a cluster of its own (UAX #29: none there is
// Extend, SpacingMark, Prepend, ZWJ, Hangul or a regional indicator): all that is written in our
// four languages. From this byte on UTF-8 writes U+0300 and more.
constexpr unsigned char first_that_may_join = 0xCC;

bool is_continuation(unsigned char byte) {
  return (byte & 0xC0) == 0x80;
}

// Made once per thread: building one takes far longer than counting a note with it.
icu::BreakIterator& grapheme_breaks() {
  thread_local const std::unique_ptr<icu::BreakIterator> breaks = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> made(
        icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
    if (U_FAILURE(status)) std::abort();  // ICU without its data: nothing can be counted
    return made;
  }();
  return *breaks;
}

std::size_t count_breaks(std::string_view utf8) {
  UErrorCode status = U_ZERO_ERROR;
  UText text = UTEXT_INITIALIZER;
  utext_openUTF8(&text, utf8.data(), static_cast<int64_t>(utf8.size()), &status);
  icu::BreakIterator& breaks = grapheme_breaks();
  breaks.setText(&text, status);
  std::size_t count = 0;
  breaks.first();
  while (breaks.next() != icu::BreakIterator::DONE) ++count;
  utext_close(&text);
  if (U_FAILURE(status)) std::abort();  // only out of memory comes here
  return count;
}

}  // namespace

std::variant<Text, TextFault> typed_text(std::string_view typed) {
  std::string plain = with_plain_newlines(typed);
  if (const auto fault = fault_of(plain)) return *fault;
  const std::size_t graphemes = count_graphemes(plain);
  return Text{std::move(plain), graphemes};
}

std::size_t count_graphemes(std::string_view utf8) {
  const bool simple = std::all_of(utf8.begin(), utf8.end(), [](unsigned char byte) {
    return byte < first_that_may_join && byte != '\r';
  });
  if (!simple) return count_breaks(utf8);
  return static_cast<std::size_t>(std::count_if(
      utf8.begin(), utf8.end(), [](unsigned char byte) { return !is_continuation(byte); }));
}

}  // namespace rundbord::protocol
