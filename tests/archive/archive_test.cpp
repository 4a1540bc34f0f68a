// The result of a workshop, its revisions and search, made from a log in memory.
#include <future>

#include "archive/result.hpp"
#include "archive/revision.hpp"
#include "archive/search.hpp"
#include "catch.hpp"
#include "domain/utf16.hpp"
#include "log/memory_log.hpp"
#include "protocol/log_codec.hpp"
#include "protocol/result_codec.hpp"

using namespace rundbord;
using namespace rundbord::archive;

namespace {

template <class IdType>
IdType id(int n) {
  IdType id;
  id.bytes[15] = static_cast<std::uint8_t>(n);
  return id;
}
LocalText nb(std::string words) {
  return {{"nb", Text{std::move(words), 1}}};
}

class Story {
 public:
  Story() {
    Settings settings;
    settings.title = nb("Møteplasser");
    Programme programme;
    programme.sittings = {{1, nb("Økt 1")}};
    programme.tasks = {{1, 1, nb("Oppgave 1"), {}, {{1, "open", nb("Hva virker?"), {}, {}}}, {}}};
    happen({WorkshopCreated{settings, programme, {}}, RoomOpened{RoomNumber{44}, Text{"Øst", 3}}});
    Seat seat;
    seat.id = id<SeatId>(1);
    seat.room = RoomNumber{44};
    seat.number = 1;
    happen({SeatJoined{seat}});
    const NameWrite name{seat.id, 1, Text{"Kari", 4}, Text{"Fjordvik", 8}};
    append({workshop,
            {},
            {{"name", protocol::name_row_key(workshop, seat.id), protocol::name_row_value(name)}}});
  }

  void write(int number, Place place, std::string text) {
    Note note;
    note.id = id<NoteId>(number);
    note.room = RoomNumber{44};
    note.place = note.written_in = place;
    note.text.utf8 = std::move(text);
    note.author = note.from = id<SeatId>(1);
    happen({NoteWritten{note}});
  }
  void happen(std::vector<Event> events) {
    const protocol::Commit commit{++seq,
                                  Time{std::chrono::hours(496'000)},
                                  id<CommandId>(static_cast<int>(seq)),
                                  {},
                                  std::move(events)};
    auto form = protocol::encode_commit(commit);
    append({workshop, {{seq, std::move(form.header), std::move(form.texts)}}, {}});
  }
  void append(log::Append append) {
    std::promise<bool> stored;
    log.append(std::move(append), [&](const log::AppendResult& result) {
      stored.set_value(std::holds_alternative<log::Appended>(result));
    });
    REQUIRE(stored.get_future().get());
  }
  Result result(const ResultOptions& options = {}) {
    const auto folded = fold(log, workshop);
    REQUIRE(std::holds_alternative<Folded>(folded));
    return make_result(std::get<Folded>(folded), options);
  }

  log::MemoryLog log;
  WorkshopId workshop = id<WorkshopId>(1);
  std::uint64_t seq = 0;
};

}  // namespace

TEST_CASE("the result holds notes in the programme's order, with and without names") {
  Story story;
  story.write(3, {}, "om alt");
  story.write(2, {1, std::nullopt}, "om oppgaven");
  story.write(1, {1, 1}, "om spørsmålet");
  const auto named = story.result();
  REQUIRE(named.rooms.size() == 1);
  const auto& notes = named.rooms[0].notes;
  REQUIRE(notes.size() == 3);
  CHECK(notes[0].text == "om spørsmålet");
  CHECK(notes[1].text == "om oppgaven");
  CHECK(notes[2].text == "om alt");
  CHECK(notes[0].from == "Kari");
  CHECK(named.rooms[0].seats[0].name == "Kari");

  const auto json = protocol::encode_result(story.result({{}, {}, false}));
  CHECK_THAT(json, !Catch::Contains("Kari"));
  CHECK_THAT(json, Catch::Contains(R"("name":null)"));
  CHECK_THAT(json, Catch::Contains(R"("from":null)"));
}

TEST_CASE("a revision is written once; verify finds every changed byte and a missing row") {
  Story story;
  story.write(1, {1, 1}, "før");
  const RevisionKey key{story.workshop, 1, 1};
  const auto first = write_revision(story.log, key, story.seq);
  REQUIRE(std::holds_alternative<std::string>(first));
  story.write(2, {1, 1}, "etter");
  CHECK(std::get<std::string>(write_revision(story.log, key, story.seq)) ==
        std::get<std::string>(first));
  CHECK_THAT(*read_revision(story.log, key), !Catch::Contains("etter"));

  story.happen({RevisionSealed{1, 1, std::get<std::string>(first)}});
  CHECK(verify_revisions(story.log).broken.empty());
  const auto body = *read_revision(story.log, key);
  const auto row = to_text(story.workshop) + "/1/1";
  for (std::size_t at = 0; at < body.size(); ++at) {
    auto changed = body;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    story.append({story.workshop, {}, {{"revision", row, changed}}});
    REQUIRE(verify_revisions(story.log).broken.size() == 1);
  }
  story.append({story.workshop, {}, {{"revision", row, std::nullopt}}});
  const auto missing = verify_revisions(story.log).broken;
  REQUIRE(missing.size() == 1);
  CHECK_THAT(missing[0].place, Catch::Contains("missing"));
}

TEST_CASE("RC6: a revision names the commit it is of and that commit's place in the chain") {
  Story story;
  story.write(1, {1, 1}, "før");
  const auto closed_at = story.seq;
  story.write(2, {1, 1}, "etter");
  const auto revision_as_of = [&](std::uint64_t seq, int number) {
    const RevisionKey key{story.workshop, 1, number};
    REQUIRE(std::holds_alternative<std::string>(write_revision(story.log, key, seq)));
    return *read_revision(story.log, key);
  };
  const auto chain_at = [&](std::uint64_t seq) {
    std::string chain;
    story.log.read(story.workshop, seq, [&](const log::StoredCommit& stored) {
      chain = to_hex(stored.chain);
      return false;
    });
    return chain;
  };
  const auto as_of = [&](std::uint64_t seq) {
    return ",\"as_of\":{\"seq\":" + std::to_string(seq) + ",\"chain\":\"" + chain_at(seq) + "\"}}";
  };
  REQUIRE(chain_at(closed_at) != chain_at(story.seq));
  CHECK_THAT(revision_as_of(closed_at, 1), Catch::EndsWith(as_of(closed_at)));
  CHECK_THAT(revision_as_of(story.seq, 2), Catch::EndsWith(as_of(story.seq)));
  CHECK_THAT(protocol::encode_result(story.result()), Catch::EndsWith(as_of(story.seq)));
}

TEST_CASE("RC6: a revision stored before there was as_of holds, and erasing leaves it as it is") {
  Story story;
  story.write(1, {1, 1}, "blir");
  story.happen({SittingRevised{1, 1, {}}});
  const RevisionKey key{story.workshop, 1, 1};
  REQUIRE(std::holds_alternative<std::string>(write_revision(story.log, key, story.seq)));
  const auto old = protocol::without_as_of(*read_revision(story.log, key));
  REQUIRE(old != *read_revision(story.log, key));
  const auto row = to_text(story.workshop) + "/1/1";
  story.append({story.workshop, {}, {{"revision", row, old}}});
  story.happen({RevisionSealed{1, 1, checksum_of(old)}});
  Erased nothing_in_it;
  nothing_in_it.questions = {{1, 2}};  // so that it has to be compared
  const auto redacted =
      redact_revisions(story.log, story.workshop, {{story.seq + 1, 1, nothing_in_it}});
  REQUIRE(std::holds_alternative<std::vector<RedactedRevision>>(redacted));
  CHECK(std::get<std::vector<RedactedRevision>>(redacted).empty());
  CHECK(*read_revision(story.log, key) == old);
  const auto found = verify_revisions(story.log);
  CHECK(found.broken.empty());
  CHECK(found.erased.empty());
}

TEST_CASE("search: beginnings of words in any case; å is not a; rooms by any spelling") {
  Story story;
  story.write(1, {1, 1}, "Ungdomsklubben trenger Åpne kvelder");
  const auto result = story.result();
  CHECK(search(result, "ungdom").hits.size() == 1);
  CHECK(search(result, "åpne UNGDOMS").hits.size() == 1);
  CHECK(search(result, "A\xCC\x8Apne").hits.size() == 1);
  CHECK(search(result, "apne").hits.empty());
  CHECK(search(result, "klubben").hits.empty());
  CHECK(search(result, "  ").hits.empty());
  for (const auto* spelling : {"rom 44", "Gruppe 44.", "44", "gruppa 44", "Bord 44", "øst"}) {
    INFO(spelling);
    CHECK(search(result, spelling).rooms == std::vector{RoomNumber{44}});
  }
  CHECK(search(result, "rom 4").rooms.empty());
}
