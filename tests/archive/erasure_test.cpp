// Erasing leaves no byte: marked words are written wherever words can be written, erased, and
// looked for in every file there is and in what is made of them later. Each planted fault must be
// found.
#include <fstream>
#include <sstream>

#include "archive/result.hpp"
#include "catch.hpp"
#include "domain/utf16.hpp"
#include "erasure_house.hpp"
#include "log/sqlite_backup.hpp"
#include "protocol/result_codec.hpp"

using namespace rundbord;
using namespace rundbord::archive;
using namespace rundbord::archive::test;

namespace {

constexpr RoomNumber room{7};
const auto kari = id<SeatId>(1);
const auto ola = id<SeatId>(2);

// The middle is what is looked for: in ASCII, so that escaping in JSON does not hide it.
std::string core(int n) {
  return "MERKE" + std::to_string(100'000 + n);
}
std::string marked(int n) {
  return "«ø " + core(n) + " å»\n";
}
std::string marked_line(int n) {
  return "Ødegård " + core(n);
}

std::string two_bytes(const std::string& ascii, bool low_first) {
  std::string bytes;
  for (const char c : ascii) {
    if (!low_first) bytes += '\0';
    bytes += c;
    if (low_first) bytes += '\0';
  }
  return bytes;
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

class Marks {
 public:
  int next() { return last_++; }
  // The marks found in `bytes`, in any encoding.
  std::vector<std::string> in(const std::string& bytes) const {
    std::vector<std::string> found;
    for (int n = 0; n < last_; ++n) {
      for (const auto& form : {core(n), two_bytes(core(n), true), two_bytes(core(n), false)}) {
        if (bytes.find(form) != std::string::npos) found.push_back(core(n));
      }
    }
    return found;
  }
  std::vector<std::string> in_files(const std::filesystem::path& folder) const {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (!entry.is_regular_file()) continue;
      for (const auto& mark : in(bytes_of(entry.path()))) {
        found.push_back(mark + " in " + entry.path().filename().string());
      }
    }
    return found;
  }

 private:
  int last_ = 0;
};

CreateWorkshop plan() {
  CreateWorkshop create;
  create.settings.title = nb("Møteplasser");
  create.programme.sittings = {{1, nb("Økt 1")}};
  Task task{1, 1, nb("Oppgave 1"), {}, {{1, "open", nb("Hva virker?"), {}, {}}}, {}};
  task.cycles = {{{1}, {{StepKind::silent, 3}, {StepKind::dialogue, 10}}}};
  create.programme.tasks = {task};
  create.rooms = {{room, {}}, {RoomNumber{8}, {}}};
  return create;
}

ChangeSet typed(std::size_t keep, const std::string& utf8) {
  ChangeSet change;
  if (keep > 0) change.keep(keep);
  change.insert(*to_utf16(utf8));
  return change;
}

WriteNote note(int n, std::string text) {
  WriteNote write;
  write.note = id<NoteId>(n);
  write.room = room;
  write.place = {1, 1};
  write.text = words(std::move(text));
  return write;
}

// Every kind of place that holds words people typed. Kari writes; Ola is left in peace.
void write_everywhere(House& house, Marks& marks, int notes) {
  house.by_organiser(plan());
  house.submit(ByNewcomer{}, Join{kari, words(marked_line(marks.next())),
                                  words(marked_line(marks.next())), room});
  house.submit(ByNewcomer{}, Join{ola, words("Ola"), words("Fjordvik"), room});
  house.by_organiser(
      RenameSeat{kari, words(marked_line(marks.next())), words(marked_line(marks.next()))});
  house.by_organiser(OpenSitting{1});
  house.by_organiser(RenameRoom{room, words(marked_line(marks.next()))});
  house.by_organiser(RenameRoom{room, words(marked_line(marks.next()))});
  house.by(kari, AddQuestion{1, nb(marked_line(marks.next())), room});
  house.by(kari, CorrectQuestion{1, 2, nb(marked_line(marks.next()))});
  house.by_organiser(SendMessage{id<MessageId>(1), words(marked(marks.next())), {}});
  house.by_organiser(StartStep{{}, {1, 0, 0}, {}});
  house.by(kari, note(1, marked(marks.next())));  // private
  house.by_organiser(StartStep{{}, {1, 0, 1}, {}});
  auto from = note(2, marked(marks.next()));
  from.from_organisation = words(marked_line(marks.next()));
  house.by(kari, from);
  house.by(kari, EditNote{id<NoteId>(2), 1, words(marked(marks.next()))});
  house.by(kari, DeleteNote{id<NoteId>(2)});
  house.by(kari, EditText{room, {1, 1}, 0, id<WriterId>(1), 1, typed(0, marked(marks.next()))});
  house.by(kari, EditText{room,
                          {1, 1},
                          1,
                          id<WriterId>(1),
                          2,
                          typed(to_utf16(marked(0))->size(), marked(marks.next()))});
  house.by(kari, SignOffTexts{room, kari, 1, words(marked(marks.next()))});
  for (int n = 0; n < notes; ++n) {
    for (int other = 1; other <= 4; ++other) {
      house.write_elsewhere(other, static_cast<std::size_t>(97 * (n * other % 29) + 10));
    }
    house.by(kari, note(100 + n, marked(marks.next()) +
                                     std::string(static_cast<std::size_t>(n % 11 * 150), 'y')));
  }
  house.by(ola, note(50, "Ola blir stående"));
  house.by_organiser(CloseSitting{1});
}

void erase_everything(House& house) {
  house.by_organiser(EraseText{room, {1, 1}});
  house.by_organiser(EraseMessage{id<MessageId>(1)});
  house.by_organiser(EraseRoomName{room});
  house.by_organiser(EraseQuestion{1, 2});
  house.by_organiser(EraseSeat{kari, true});
}

std::string export_of(log::EventLog& log, const WorkshopId& workshop) {
  const auto folded = fold(log, workshop);
  REQUIRE(std::holds_alternative<Folded>(folded));
  return protocol::encode_result(make_result(std::get<Folded>(folded), {}));
}

// Words of another, which must still be there.
bool keeps_ola(const std::string& bytes) {
  return bytes.find("Ola blir st") != std::string::npos;
}

}  // namespace

TEST_CASE("LG5: erasing leaves no byte of the words in any file, backup or export") {
  const TemporaryFolder folder;
  const TemporaryFolder elsewhere;
  House house(folder.path());
  Marks marks;
  write_everywhere(house, marks, 60);
  REQUIRE(marks.in_files(folder.path()).size() > 60);
  erase_everything(house);
  CHECK(marks.in_files(folder.path()) == std::vector<std::string>{});

  log::backup_sqlite(folder.path(), elsewhere.path() / "later");
  CHECK(marks.in_files(elsewhere.path()) == std::vector<std::string>{});
  const auto exported = export_of(house.log(), house.workshop);
  CHECK(marks.in(exported) == std::vector<std::string>{});
  CHECK(keeps_ola(exported));
  CHECK(house.log().verify().empty());
  house.restart();
  CHECK(marks.in_files(folder.path()) == std::vector<std::string>{});
  CHECK(export_of(house.log(), house.workshop) == exported);
}

TEST_CASE("LG5: each planted fault of erasing leaves words that the search finds") {
  const auto planted = GENERATE(Planted::no_scrub, Planted::no_rewriting, Planted::revision_kept,
                                Planted::earlier_kept);
  CAPTURE(static_cast<int>(planted));
  const TemporaryFolder folder;
  House house(folder.path(), planted);
  Marks marks;
  write_everywhere(house, marks, planted == Planted::no_rewriting ? 250 : 5);
  erase_everything(house);
  CHECK_FALSE(marks.in_files(folder.path()).empty());
}

TEST_CASE("LG5: what a note says of another person later is not erased with the first") {
  const TemporaryFolder folder;
  House house(folder.path());
  Marks marks;
  house.by_organiser(plan());
  house.submit(ByNewcomer{}, Join{kari, words("Kari"), {}, room});
  house.submit(ByNewcomer{}, Join{ola, words("Ola"), {}, room});
  house.by_organiser(OpenSitting{1});
  house.by_organiser(StartStep{{}, {1, 0, 1}, {}});
  auto from_kari = note(60, "Bussen går for sjelden");
  from_kari.from = kari;
  from_kari.from_organisation = words(marked_line(marks.next()));
  house.by(ola, from_kari);
  house.by(ola, MarkNote{id<NoteId>(60), NoteKind::idea, ola, words("Bokbussen")});
  house.by_organiser(EraseSeat{kari, false});
  CHECK(marks.in_files(folder.path()) == std::vector<std::string>{});
  const auto folded = fold(house.log(), house.workshop);
  REQUIRE(std::holds_alternative<Folded>(folded));
  const auto& kept = std::get<Folded>(folded).workshop.notes.at(id<NoteId>(60));
  CHECK(kept.from_organisation.utf8 == "Bokbussen");
}

TEST_CASE("LG6: an erasure that was interrupted is finished at the next start") {
  const auto planted = GENERATE(Planted::stops_before, Planted::stops_in_between);
  CAPTURE(static_cast<int>(planted));
  const TemporaryFolder folder;
  House house(folder.path(), planted);
  Marks marks;
  write_everywhere(house, marks, 5);
  house.submit(ByOrganiser{}, EraseSeat{kari, true});
  REQUIRE(house.stopped);
  REQUIRE_FALSE(marks.in_files(folder.path()).empty());
  house.restart();
  erase_everything(house);
  CHECK(marks.in_files(folder.path()) == std::vector<std::string>{});
}

TEST_CASE("LG7: a revision that held erased words is redacted; verify names it as erased") {
  const TemporaryFolder folder;
  House house(folder.path());
  Marks marks;
  write_everywhere(house, marks, 3);
  const RevisionKey key{house.workshop, 1, 1};
  const auto before = read_revision(house.log(), key);
  REQUIRE(before);
  house.by_organiser(EraseNote{id<NoteId>(101)});

  const auto after = read_revision(house.log(), key);
  REQUIRE(after);
  CHECK(protocol::is_redacted(*after));
  CHECK(after->find(checksum_of(*before)) != std::string::npos);
  CHECK(after->find("\"text\":\"\",\"erased\":true") != std::string::npos);
  CHECK(keeps_ola(*after));
  const auto as_of = before->substr(before->rfind(",\"as_of\":"));
  CHECK(after->find(as_of.substr(0, as_of.size() - 1)) != std::string::npos);  // RC6
  const auto found = verify_revisions(house.log());
  CHECK(found.broken.empty());
  REQUIRE(found.erased.size() == 1);
  CHECK(found.erased[0].place.find(checksum_of(*before)) != std::string::npos);
  house.by_organiser(EraseMessage{id<MessageId>(1)});  // is in no revision
  CHECK(read_revision(house.log(), key) == after);
}

TEST_CASE("LG8: a restored older backup erases again what the list names") {
  const TemporaryFolder folder;
  const TemporaryFolder backups;
  const TemporaryFolder restored;
  House house(folder.path());
  Marks marks;
  write_everywhere(house, marks, 5);
  log::backup_sqlite(folder.path(), backups.path() / "before");
  REQUIRE_FALSE(marks.in_files(backups.path()).empty());
  erase_everything(house);
  CHECK(marks.in(bytes_of(erasure_list_in(folder.path()))).empty());

  std::size_t erased = 0;
  log::restore_sqlite(backups.path() / "before", restored.path(), [&](const auto& staged) {
    log::SqliteLog log({.folder = staged});
    erased = erase_again(log, house.list().read(), Time{std::chrono::hours(496'100)});
    log.close();
  });
  CHECK(erased == 5);
  CHECK(marks.in_files(restored.path()) == std::vector<std::string>{});
  House again(restored.path());
  CHECK(again.log().verify().empty());
  // RC6: the same words, of two histories.
  const auto restored_result = export_of(again.log(), again.workshop);
  const auto result = export_of(house.log(), house.workshop);
  CHECK(restored_result != result);
  CHECK(protocol::without_as_of(restored_result) == protocol::without_as_of(result));
  CHECK(erase_again(again.log(), house.list().read(), Time{}) == 0);  // it knows of them now
}

TEST_CASE("LG8: a deleted workshop is gone to the last byte, and from restored backups too") {
  const TemporaryFolder folder;
  const TemporaryFolder backups;
  const TemporaryFolder restored;
  House house(folder.path());
  Marks marks;
  write_everywhere(house, marks, 40);
  log::backup_sqlite(folder.path(), backups.path() / "before");
  const ErasureRecord deletion{house.workshop, {}, Time{}, std::nullopt};
  house.list().add({deletion});
  house.log().remove(house.workshop);
  CHECK(marks.in_files(folder.path()) == std::vector<std::string>{});
  log::restore_sqlite(backups.path() / "before", restored.path(), [&](const auto& staged) {
    log::SqliteLog log({.folder = staged});
    erase_again(log, house.list().read(), Time{});
    log.close();
  });
  CHECK(marks.in_files(restored.path()) == std::vector<std::string>{});
}

TEST_CASE("LG8: the list keeps each erasure once, and leaves out a line a crash cut off") {
  const TemporaryFolder folder;
  const auto file = erasure_list_in(folder.path());
  ErasureList list(file);
  CHECK(list.read().empty());
  Erased what;
  what.notes = {id<NoteId>(1)};
  what.texts = {{room, {1, 1}}};
  const ErasureRecord one{id<WorkshopId>(1), id<CommandId>(1), Time{std::chrono::seconds(5)}, what};
  const ErasureRecord other{id<WorkshopId>(2), id<CommandId>(1), Time{}, std::nullopt};
  list.add({one});
  list.add({one, other});
  REQUIRE(list.read().size() == 2);
  CHECK(list.read()[0].what == what);
  CHECK(list.read()[0].at == one.at);
  CHECK_FALSE(list.read()[1].what);
  std::ofstream(file, std::ios::app) << "{\"workshop\":\"";
  CHECK(list.read().size() == 2);
  std::ofstream(file, std::ios::app) << "\n";
  CHECK_THROWS_AS(list.read(), log::LogError);
}
