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

std::string bytes(const Hash& hash) {
  return {hash.begin(), hash.end()};
}

TEST_CASE("LG2: a commit's digest covers its header's hash and then those of its texts") {
  const auto header = sha256(R"({"seq":1})");
  const auto a = sha256("a");
  const auto b = sha256("b");
  CHECK(commit_digest(R"({"seq":1})") == sha256(bytes(header)));
  const auto stored = seal_header(R"({"seq":1})", {a, b});
  CHECK(commit_digest(stored) == sha256(bytes(header) + bytes(a) + bytes(b)));
  CHECK(commit_digest(header, {a, b}) == commit_digest(stored));
}

TEST_CASE("LG2: the chain starts at the workshop and covers the value before and the digest") {
  WorkshopId workshop;
  workshop.bytes.fill('w');
  CHECK(chain_start(workshop) == sha256("wwwwwwwwwwwwwwww"));
  const auto first = sha256("abc");
  const auto digest = sha256("def");
  CHECK(chain_next(first, digest) == sha256(bytes(first) + bytes(digest)));
}

TEST_CASE("a stored header is taken apart into what was sealed, and only if it was") {
  const std::vector<Hash> hashes{sha256("a"), sha256("b")};
  for (const auto* header : {"{}", R"({"seq":1})", R"({"a":{"text_hashes":["x"]}})"}) {
    CHECK(header_parts(seal_header(header, hashes)).header == header);
    CHECK(header_parts(seal_header(header, hashes)).text_hashes == hashes);
    CHECK(header_parts(header).header == header);
    CHECK(header_parts(header).text_hashes.empty());
  }
  // One comma too many means nothing to JSON's readers, but these are other bytes.
  const auto odd = "{," + seal_header("{}", hashes).substr(1);
  CHECK(header_parts(odd).header == odd);
  CHECK(commit_digest(odd) != commit_digest(seal_header("{}", hashes)));
}

TEST_CASE("a hash is read from 64 lower-case digits and from nothing else") {
  const auto hash = sha256("abc");
  CHECK(hash_from_hex(to_hex(hash)) == hash);
  auto capital = to_hex(hash);
  capital[0] = 'B';
  CHECK_FALSE(hash_from_hex(capital));
  CHECK_FALSE(hash_from_hex(to_hex(hash).substr(1)));
  CHECK_FALSE(hash_from_hex(to_hex(hash) + "0"));
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
