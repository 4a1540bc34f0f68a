// The chain's own rules, against values worked out with another program (sha256sum).
#include "log/chain.hpp"
#include "catch.hpp"

namespace rundbord::log {
namespace {

TEST_CASE("SHA-256 gives the published values") {
  CHECK(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(to_hex(sha256("abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("a text's hash covers the salt and then the text") {
  Salt salt;
  for (std::size_t i = 0; i < salt.size(); ++i) salt[i] = static_cast<std::uint8_t>('a' + i);
  CHECK(text_hash(salt, "hei") == sha256("abcdefghijklmnophei"));
}

TEST_CASE("LG2: the chain covers the previous value and then the header as stored") {
  CHECK(chain_next(Hash{}, "{}") == sha256(std::string(32, '\0') + "{}"));
  const auto first = sha256("abc");
  CHECK(chain_next(first, "{}") == sha256(std::string(first.begin(), first.end()) + "{}"));
}

TEST_CASE("sealing adds the text hashes as the header's last member") {
  const auto a = sha256("a");
  const auto b = sha256("b");
  CHECK(seal_header(R"({"seq":1})", {}) == R"({"seq":1})");
  CHECK(seal_header(R"({"seq":1})", {a}) == R"({"seq":1,"text_hashes":[")" + to_hex(a) + R"("]})");
  CHECK(seal_header("{}", {a, b}) ==
        R"({"text_hashes":[")" + to_hex(a) + R"(",")" + to_hex(b) + R"("]})");
}

TEST_CASE("sealed text hashes are found again, and nothing else is taken for them") {
  const std::vector<Hash> hashes{sha256("a"), sha256("b"), sha256("c")};
  CHECK(text_hashes_of(seal_header(R"({"seq":1})", hashes)) == hashes);
  CHECK(text_hashes_of(seal_header("{}", hashes)) == hashes);
  CHECK(text_hashes_of("{}").empty());
  CHECK(text_hashes_of("").empty());
  CHECK(text_hashes_of(R"({"text_hashes":[]})").empty());
  CHECK(text_hashes_of(R"({"text_hashes":["abc"]})").empty());
  // In a JSON string its quotes are escaped; deeper inside it is not the last member.
  CHECK(text_hashes_of(R"({"a":["\"text_hashes\":[\"]}"]})").empty());
  CHECK(text_hashes_of(R"({"a":)" + seal_header("{}", hashes) + "}").empty());
}

TEST_CASE("random salts differ") {
  const auto draw = random_salts();
  CHECK(draw() != draw());
}

}  // namespace
}  // namespace rundbord::log
