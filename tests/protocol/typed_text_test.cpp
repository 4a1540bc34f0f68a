// Goal: text is stored as typed; only line endings change, and what a person counts is what is
// counted.
#include "protocol/typed_text.hpp"

#include "catch.hpp"

using namespace rundbord;
using namespace rundbord::protocol;

namespace {

std::string kept(std::string_view typed) {
  const auto outcome = typed_text(typed);
  REQUIRE(std::holds_alternative<Text>(outcome));
  return std::get<Text>(outcome).utf8;
}

TextFault fault_of(std::string_view typed) {
  const auto outcome = typed_text(typed);
  REQUIRE(std::holds_alternative<TextFault>(outcome));
  return std::get<TextFault>(outcome);
}

}  // namespace

TEST_CASE("CM6: line endings become newlines, nothing else changes") {
  CHECK(kept("a\r\nb\rc\nd") == "a\nb\nc\nd");
  CHECK(kept("\r\n\r\n") == "\n\n");
  CHECK(kept("\r\r\n") == "\n\n");
  CHECK(kept("  =SUM(A1)\t«» – ※ 😀 A\u030A ") == "  =SUM(A1)\t«» – ※ 😀 A\u030A ");
  CHECK(kept("").empty());
}

TEST_CASE("CM6: control characters are refused") {
  for (const std::string_view typed : {std::string_view("a\0b", 3), std::string_view("\x1b[31m"),
                                       std::string_view("\x7f"), std::string_view("\xC2\x85")}) {
    CHECK(fault_of(typed) == TextFault::control_character);
  }
}

TEST_CASE("broken UTF-8 is refused: cut, overlong, surrogate, beyond Unicode") {
  for (const std::string_view typed :
       {"\xC3", "a\x80", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82"}) {
    CHECK(fault_of(typed) == TextFault::invalid_utf8);
  }
}

TEST_CASE("CM7: a character is what a person sees as one") {
  CHECK(count_graphemes("") == 0);
  CHECK(count_graphemes("blåbær") == 6);
  CHECK(count_graphemes("A\u030A") == 1);
  CHECK(count_graphemes("👨‍👩‍👧‍👦🇳🇴🇩🇰👍🏽") == 4);
  CHECK(count_graphemes("áčđŋšŧž") == 7);
  CHECK(count_graphemes("a\nb") == 3);
  CHECK(std::get<Text>(typed_text("a\r\nb")).graphemes == 3);
}

TEST_CASE("CM7: what is counted without ICU is counted as ICU does: all neighbours below U+0300") {
  const auto utf8 = [](char32_t c) {
    if (c < 0x80) return std::string(1, static_cast<char>(c));
    return std::string{static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 0x3F))};
  };
  const std::string by_icu = "字";  // not below U+0300, and joins nothing
  for (char32_t first = 0; first < 0x300; ++first) {
    std::string all;
    for (char32_t second = 0; second < 0x300; ++second) {
      if (first != '\r' && second != '\r') all += utf8(first) + utf8(second);
    }
    REQUIRE(count_graphemes(all) + 1 == count_graphemes(all + by_icu));
  }
}
