#include "access/secret.hpp"

#include <set>

#include "access/server_link.hpp"
#include "catch.hpp"
#include "counted_random.hpp"

using namespace rundbord::access;

TEST_CASE("a secret is 22 characters and only its hash is kept") {
  const auto secret = draw_secret(system_random());
  REQUIRE(secret.size() == 22);
  REQUIRE(is_secret(secret));
  REQUIRE(kept_as(secret).size() == 64);
  REQUIRE(kept_as(secret).find(secret) == std::string::npos);
}

TEST_CASE("the operating system's secrets differ") {
  const auto random = system_random();
  std::set<std::string> drawn;
  for (int i = 0; i < 1000; ++i) drawn.insert(draw_secret(random));
  REQUIRE(drawn.size() == 1000);
}

TEST_CASE("a derived secret is the same for the same purpose and nobody else's") {
  const auto random = counted_random();
  const auto mine = draw_secret(random);
  const auto yours = draw_secret(random);
  const auto derived = derive_secret(mine, "seat in w1");
  REQUIRE(is_secret(derived));
  REQUIRE(derived == derive_secret(mine, "seat in w1"));
  REQUIRE(derived != derive_secret(mine, "seat in w2"));
  REQUIRE(derived != derive_secret(yours, "seat in w1"));
}

TEST_CASE("comparing secrets") {
  REQUIRE(same_secret("abc", "abc"));
  REQUIRE_FALSE(same_secret("abc", "abd"));
  REQUIRE_FALSE(same_secret("abc", ""));
}

TEST_CASE("the secret of a link is found in what people paste") {
  const auto secret = draw_secret(counted_random());
  REQUIRE(secret_in_link(secret) == secret);
  REQUIRE(secret_in_link("http://127.0.0.1:8080/new#" + secret) == secret);
  REQUIRE(secret_in_link("https://x.test/console#" + secret + "." + secret) == secret);
  REQUIRE(secret_in_link("http://127.0.0.1:8080/new").empty());
  REQUIRE(secret_in_link("").empty());
}
