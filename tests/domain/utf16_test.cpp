// UTF-16 and UTF-8: every ill-formed kind is refused, every text comes back as it was.
#include "domain/utf16.hpp"

#include "catch.hpp"
#include "text_generators.hpp"

using namespace rundbord;

TEST_CASE("texts of one to four bytes a character come over") {
  const std::string utf8 = "a\xC3\xA6\xC5\x8B\xE2\x80\xBB\xF0\x9F\x98\x80";
  CHECK(to_utf16(utf8) == u"aæŋ※\U0001F600");
  CHECK(to_utf8(u"aæŋ※\U0001F600") == utf8);
}

TEST_CASE("ill-formed UTF-8 is refused") {
  const auto bad = GENERATE(as<std::string>{}, "\x80", "\xC0\xAF", "\xC1\x81", "\xC3", "\xE2\x80",
                            "\xE0\x80\xAF", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x80\x80\xAF",
                            "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xC3(", "\xFF");
  CHECK_FALSE(to_utf16("ok" + bad).has_value());
}

TEST_CASE("a lone surrogate is refused") {
  CHECK_FALSE(to_utf8(std::u16string(1, u'\xD83D')).has_value());
  CHECK_FALSE(to_utf8(std::u16string(1, u'\xDE00')).has_value());
  CHECK_FALSE(to_utf8(std::u16string{u'\xDE00', u'\xD83D'}).has_value());
  CHECK_FALSE(to_utf8(std::u16string{u'\xD83D', u'a'}).has_value());
}

TEST_CASE("the edge values of each length come over and back") {
  for (const char32_t point :
       {0x0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF}) {
    std::u16string text;
    if (point < 0x10000) {
      text += static_cast<char16_t>(point);
    } else {
      text += static_cast<char16_t>(0xD800 + ((point - 0x10000) >> 10));
      text += static_cast<char16_t>(0xDC00 + ((point - 0x10000) & 0x3FF));
    }
    const auto utf8 = to_utf8(text);
    REQUIRE(utf8.has_value());
    CHECK(to_utf16(*utf8) == text);
  }
}

TEST_CASE("only the middle of a pair is no place to cut") {
  const std::u16string text = u"a\U0001F600b";
  CHECK_FALSE(splits_pair(text, 0));
  CHECK_FALSE(splits_pair(text, 1));
  CHECK(splits_pair(text, 2));
  CHECK_FALSE(splits_pair(text, 3));
  CHECK_FALSE(splits_pair(text, 4));
}

TEST_CASE("tab and newline are the only control characters people may write") {
  CHECK_FALSE(is_refused_control(u'\t'));
  CHECK_FALSE(is_refused_control(u'\n'));
  for (const char16_t unit : {0x00, 0x08, 0x0B, 0x0C, 0x0D, 0x1F, 0x7F, 0x80, 0x9F}) {
    CHECK(is_refused_control(unit));
  }
  CHECK_FALSE(is_refused_control(0x20));
  CHECK_FALSE(is_refused_control(0xA0));
}
