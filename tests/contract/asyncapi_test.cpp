// src/protocol/asyncapi.yaml says what the codecs do. After a change of fields:
// After a change of fields: build/dev/tests/asyncapi > src/protocol/asyncapi.yaml
#include <fstream>
#include <sstream>

#include "catch.hpp"
#include "protocol/describe.hpp"
#include "source_dir.hpp"

TEST_CASE("asyncapi.yaml lists the commands and events as they are") {
  std::ifstream file(source_dir() / "src" / "protocol" / "asyncapi.yaml");
  REQUIRE(file.good());
  std::stringstream stored;
  stored << file.rdbuf();
  CHECK(stored.str() == rundbord::protocol::describe_asyncapi());
}
