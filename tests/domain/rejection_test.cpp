// Every refusal has a stable name and one sentence that a person can use.
#include "domain/rejection.hpp"

#include <cctype>
#include <set>

#include "catch.hpp"

using namespace rundbord;

namespace {

constexpr int codes = static_cast<int>(RejectionCode::not_stored) + 1;

bool is_name(std::string_view name) {
  for (const char c : name) {
    if (c != '_' && !std::islower(static_cast<unsigned char>(c))) return false;
  }
  return !name.empty();
}

}  // namespace

TEST_CASE("every code has a name of its own and a whole sentence") {
  std::set<std::string_view> names;
  std::set<std::string> sentences;
  for (int i = 0; i < codes; ++i) {
    const auto code = static_cast<RejectionCode>(i);
    CAPTURE(code_name(code));
    CHECK(is_name(code_name(code)));
    CHECK(names.insert(code_name(code)).second);
    const auto words = sentence({code, "field", {}});
    CHECK(sentences.insert(words).second);
    CHECK(words.size() > 40);
    CHECK(std::isupper(static_cast<unsigned char>(words.front())));
    CHECK(words.back() == '.');
    CHECK(words.find_first_of("{}") == std::string::npos);
    CHECK(words.find("  ") == std::string::npos);
  }
}

TEST_CASE("a note that is too long is told by how many characters") {
  const auto words =
      sentence({RejectionCode::note_too_long, "text", {{"over", 12}, {"max", 4000}}});
  CHECK(words.find("12 characters too long (at most 4000)") != std::string::npos);
  CHECK(words.find("kept") != std::string::npos);
  const auto in_bytes =
      sentence({RejectionCode::note_too_long, "text", {{"over", 3}, {"max", 16384}, {"bytes", 1}}});
  CHECK(in_bytes.find("3 bytes too long") != std::string::npos);
}

TEST_CASE("sentences use the field and the figures they are given") {
  CHECK(sentence({RejectionCode::missing_field, "place.task", {}}).find("place.task") !=
        std::string::npos);
  CHECK(sentence({RejectionCode::out_of_range, "countdown", {{"min", 0}, {"max", 9}}})
            .find("countdown is outside what is allowed (from 0 to 9)") != std::string::npos);
  CHECK(sentence({RejectionCode::too_many, "rooms", {{"max", 3000}}}).find("(at most 3000)") !=
        std::string::npos);
  CHECK(sentence({RejectionCode::busy, "", {{"retry_ms", 500}}}).find("in 500 ms") !=
        std::string::npos);
}
