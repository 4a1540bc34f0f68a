// LG9: what was stored in format 1.0 is read for ever. tests/golden holds the log of one seminar as
// 1.0 stored it, and what it must come to. After a new kind of event: play the story with it, run
// `test_archive "[make]"`, and keep the old files too, under their format's number.
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "archive/result.hpp"
#include "catch.hpp"
#include "domain/evolve.hpp"
#include "golden_story.hpp"
#include "protocol/log_codec.hpp"
#include "protocol/result_codec.hpp"
#include "source_dir.hpp"

using namespace rundbord;
using namespace rundbord::archive;
using namespace rundbord::archive::test;
using nlohmann::json;

namespace {

std::filesystem::path golden(const std::string& name) {
  return source_dir() / "tests" / "golden" / name;
}

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  REQUIRE(in.good());
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

struct GoldenCommit {
  std::string header;
  std::vector<std::optional<std::string>> texts;
};

std::vector<GoldenCommit> golden_log() {
  std::vector<GoldenCommit> commits;
  std::istringstream lines(read_file(golden("log-1.0.jsonl")));
  for (std::string line; std::getline(lines, line);) {
    const auto read = json::parse(line);
    GoldenCommit commit{read.at("header"), {}};
    for (const auto& text : read.at("texts")) {
      commit.texts.push_back(text.is_null() ? std::nullopt
                                            : std::optional(text.get<std::string>()));
    }
    commits.push_back(std::move(commit));
  }
  return commits;
}

// The state as its export and, for what no export shows, its counters.
std::string outcome_of(const Folded& folded) {
  const auto& workshop = folded.workshop;
  json rest{{"seq", workshop.seq},
            {"seats", workshop.seats.size()},
            {"notes", workshop.notes.size()},
            {"messages", workshop.messages.size()},
            {"erasures", workshop.erasures_finished},
            {"revision", workshop.sittings.at(1).revision}};
  return protocol::encode_result(make_result(folded, {})) + "\n" + rest.dump() + "\n";
}

Folded fold_golden() {
  Folded folded;
  folded.workshop.id = id<WorkshopId>(1);
  for (const auto& stored : golden_log()) {
    const auto decoded = protocol::decode_commit(stored.header, stored.texts);
    REQUIRE(std::holds_alternative<protocol::Commit>(decoded));
    const auto& commit = std::get<protocol::Commit>(decoded);
    for (const auto& event : commit.events) evolve(folded.workshop, event, commit.at);
    folded.workshop.seq = commit.seq;
  }
  return folded;
}

template <class... Kinds>
std::vector<std::string> names_of(const std::variant<Kinds...>*) {
  return {std::string(Kinds::name)...};
}

}  // namespace

TEST_CASE("LG9: the golden log of format 1.0 folds to what it always came to") {
  CHECK(outcome_of(fold_golden()) == read_file(golden("outcome-1.0.json")));
}

TEST_CASE("LG9: the golden log has every kind of event that exists") {
  std::string headers;
  for (const auto& commit : golden_log()) headers += commit.header;
  for (const auto& name : names_of(static_cast<const Event*>(nullptr))) {
    CAPTURE(name);
    CHECK(headers.find("{\"event\":\"" + name + "\"") != std::string::npos);
  }
}

TEST_CASE("make: tests/golden anew from this version", "[.][make]") {
  const TemporaryFolder folder;
  House house(folder.path());
  play_golden_story(house);
  std::ofstream log(golden("log-1.0.jsonl"), std::ios::binary);
  house.log().read(house.workshop, 1, [&](const log::StoredCommit& commit) {
    json line{{"header", commit.header}, {"texts", json::array()}};
    for (const auto& text : commit.texts) {
      line["texts"].push_back(text ? json(*text) : json(nullptr));
    }
    log << line.dump() << '\n';
    return true;
  });
  log.close();
  std::ofstream(golden("outcome-1.0.json"), std::ios::binary) << outcome_of(fold_golden());
}
