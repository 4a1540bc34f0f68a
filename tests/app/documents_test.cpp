// Goal: an export says what it is, what it is called, and why it is refused.
#include "app/documents.hpp"

#include <nlohmann/json.hpp>

#include "archive/revision.hpp"
#include "catch.hpp"
#include "log/memory_log.hpp"
#include "protocol/log_codec.hpp"

using namespace rundbord;
using namespace rundbord::app;
using nlohmann::json;

namespace {

const WorkshopId id{{7}};

void store(log::EventLog& log, const std::string& title) {
  WorkshopCreated created;
  created.settings.title = {{"nb", Text{title, 0}}};
  created.programme.sittings = {{1, {}}};
  protocol::Commit commit{1, Time{}, CommandId{{1}}, std::nullopt, {}};
  commit.events = {created, RoomOpened{RoomNumber{3}, {}}};
  auto stored = protocol::encode_commit(commit);
  log.append({id, {{1, std::move(stored.header), std::move(stored.texts)}}, {}},
             [](const log::AppendResult& result) {
               REQUIRE(std::holds_alternative<log::Appended>(result));
             });
}

net::ExportedDocument exported(log::EventLog& log, const net::ExportRequest& asked) {
  auto outcome = export_document(log, asked);
  REQUIRE(std::holds_alternative<net::ExportedDocument>(outcome));
  return std::get<net::ExportedDocument>(std::move(outcome));
}

net::ExportRefused refused(log::EventLog& log, const net::ExportRequest& asked) {
  auto outcome = export_document(log, asked);
  REQUIRE(std::holds_alternative<net::ExportRefused>(outcome));
  return std::get<net::ExportRefused>(std::move(outcome));
}

}  // namespace

TEST_CASE("export: json ends with the checksum of all that stands before it") {
  log::MemoryLog log;
  store(log, "Møteplass, i dag!");
  const auto document = exported(log, {id, "json", {}, {}, true});
  CHECK(document.content_type == "application/json");
  const std::string checksum = json::parse(document.bytes).at("checksum");
  const auto end = document.bytes.rfind(",\"checksum\"");
  REQUIRE(end != std::string::npos);
  CHECK(archive::checksum_of(document.bytes.substr(0, end) + "}") == checksum);
}

TEST_CASE("HT7: a stored revision is given as it was sealed, whole, and only where there is one") {
  log::MemoryLog log;
  store(log, "Tekst");
  const archive::RevisionKey key{id, 1, 1};
  const auto sealed = archive::write_revision(log, key, 1);
  REQUIRE(std::holds_alternative<std::string>(sealed));
  net::ExportRequest asked{id, "json", 1, {}, true, 1};
  const auto document = exported(log, asked);
  CHECK(document.file_name == "tekst-1.1.json");
  const auto& checksum = std::get<std::string>(sealed);
  CHECK(json::parse(document.bytes).at("checksum") == checksum);
  const auto end = document.bytes.rfind(",\"checksum\"");
  CHECK(document.bytes.substr(0, end) + "}" == *archive::read_revision(log, key));

  asked.revision = 2;
  CHECK(refused(log, asked).code == "unknown_revision");
  asked.revision = 1;
  asked.names = false;  // it has them
  CHECK(refused(log, asked).code == "unknown_revision");
  asked = {id, "csv", 1, {}, true, 1};
  CHECK(refused(log, asked).code == "unknown_revision");
}

TEST_CASE("export: the file is named after the workshop, in letters people know") {
  log::MemoryLog log;
  store(log, "Møteplass, i dag!");
  CHECK(exported(log, {id, "md", {}, {}, true}).file_name == "møteplass-i-dag.md");
  CHECK(exported(log, {id, "csv", {}, 3, true}).file_name == "møteplass-i-dag-3.csv");
}

TEST_CASE("export: a long title is cut between characters") {
  log::MemoryLog log;
  std::string title = "a";
  for (int i = 0; i < 50; ++i) title += "ø";
  store(log, title);
  const auto name = exported(log, {id, "html", {}, {}, true}).file_name;
  CHECK(name.size() == 61 + std::string(".html").size());
}

TEST_CASE("HT8: a format not built yet is 501; what is not there is 404 and named") {
  log::MemoryLog log;
  store(log, "T");
  for (const std::string format : {"pdf", "docx", "xlsx", "zip"}) {
    CHECK(refused(log, {id, format, {}, {}, true}).status == 501);
    CHECK(refused(log, {id, format, {}, {}, true}).code == "format_not_available");
  }
  CHECK(refused(log, {id, "gif", {}, {}, true}).code == "unknown_format");
  CHECK(refused(log, {id, "json", {}, 4, true}).code == "unknown_room");
  CHECK(refused(log, {id, "json", 2, {}, true}).code == "unknown_sitting");
  CHECK(refused(log, {WorkshopId{{9}}, "json", {}, {}, true}).status == 404);
}
