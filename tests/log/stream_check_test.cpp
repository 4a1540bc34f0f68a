// Damage in a stream is named once, at its place; a sound or an erased stream is not complained of.
#include "log/stream_check.hpp"
#include "catch.hpp"
#include "log_fixture.hpp"

namespace rundbord::log {
namespace {

std::string as_bytes(const Hash& hash) {
  return {hash.begin(), hash.end()};
}

// Three commits with two texts each.
std::vector<FoundCommit> sound_stream(int number = 1) {
  const Salt salt{7};
  const std::string salt_bytes(salt.begin(), salt.end());
  std::vector<FoundCommit> stream;
  auto chain = chain_start(workshop(number));
  for (std::uint64_t seq = 1; seq <= 3; ++seq) {
    const auto header =
        seal_header(R"({"seq":0})", {text_hash(salt, "first"), text_hash(salt, "second")});
    chain = chain_next(chain, commit_digest(header));
    stream.push_back({workshop(number),
                      seq,
                      header,
                      as_bytes(chain),
                      {{0, salt_bytes, "first"}, {1, salt_bytes, "second"}}});
  }
  return stream;
}

std::vector<Broken> check(const std::vector<FoundCommit>& stream) {
  StreamCheck check;
  for (const auto& commit : stream) check.commit(commit);
  return check.take();
}

void require_one(const std::vector<Broken>& broken, std::uint64_t seq, const std::string& word) {
  REQUIRE(broken.size() == 1);
  CHECK(broken[0].workshop == workshop(1));
  CHECK(broken[0].seq == seq);
  CHECK_THAT(broken[0].place, Catch::Matchers::Contains(word));
}

TEST_CASE("a sound stream has nothing broken") {
  CHECK(check(sound_stream()).empty());
}

TEST_CASE("a changed header is named at its commit") {
  auto stream = sound_stream();
  stream[1].header[1] = 'x';
  require_one(check(stream), 2, "header");
}

TEST_CASE("a changed chain value is named at its commit, not at the next") {
  auto stream = sound_stream();
  stream[1].chain[5] ^= 1;
  require_one(check(stream), 2, "chain");
  stream[1].chain.pop_back();
  require_one(check(stream), 2, "chain");
}

TEST_CASE("a missing commit is named at the one after it") {
  auto stream = sound_stream();
  stream.erase(stream.begin() + 1);
  require_one(check(stream), 3, "missing");
  stream = sound_stream();
  stream.erase(stream.begin());
  require_one(check(stream), 2, "missing");
}

TEST_CASE("two streams do not disturb each other") {
  auto both = sound_stream();
  for (auto commit : sound_stream(2)) both.push_back(commit);
  CHECK(check(both).empty());
}

TEST_CASE("LG2: a stream under another workshop's name is named at its first commit") {
  auto stream = sound_stream(2);
  for (auto& commit : stream) commit.workshop = workshop(1);
  require_one(check(stream), 1, "chain");
}

TEST_CASE("a changed text, a changed salt and a missing text are named") {
  auto stream = sound_stream();
  stream[2].texts[1].text = "sekond";
  require_one(check(stream), 3, "text 1");
  stream = sound_stream();
  (*stream[0].texts[0].salt)[3] ^= 1;
  require_one(check(stream), 1, "text 0");
  stream = sound_stream();
  stream[0].texts.erase(stream[0].texts.begin());
  require_one(check(stream), 1, "text 0 is missing");
}

TEST_CASE("a text no commit names is an orphan") {
  auto stream = sound_stream();
  stream[0].texts.push_back({2, std::string(16, '\0'), "third"});
  require_one(check(stream), 1, "no commit names it");
}

TEST_CASE("an erased text is not broken, half an erasure is") {
  auto stream = sound_stream();
  stream[1].texts[0].text.reset();
  require_one(check(stream), 2, "text 0");
  stream[1].texts[0].salt.reset();
  CHECK(check(stream).empty());
}

TEST_CASE("no more than broken_max findings are listed, and the last says so") {
  StreamCheck check;
  for (std::size_t i = 0; i < 2 * broken_max; ++i) check.orphan(workshop(1), i + 1, 0);
  const auto broken = check.take();
  REQUIRE(broken.size() == broken_max);
  CHECK_THAT(broken.back().place, Catch::Matchers::Contains("more damage"));
}

}  // namespace
}  // namespace rundbord::log
