// What people wrote survives every format as they wrote it, and nothing in it comes alive.
#include "catch.hpp"
#include "render/csv.hpp"
#include "render/outline.hpp"

using namespace rundbord;
using namespace rundbord::render;

namespace {

LocalText nb(std::string words) {
  return {{"nb", Text{std::move(words), 1}}};
}

ResultNote note(Place place, std::string text) {
  ResultNote note;
  note.place = place;
  note.text = std::move(text);
  note.at = Time{std::chrono::hours(496'000)};
  return note;
}

Result seminar(std::vector<ResultNote> notes) {
  Result result;
  result.title = "Møteplasser <i>";
  result.language = "nb";
  result.state = "closed";
  Task task{1, 1, nb("Oppgave 1"), {}, {{1, "open", nb("Hva virker?"), {nb("Hva funker?")}, {}}},
            {}};
  result.tasks = {task, {2, 1, nb("Oppgave 2"), {}, {{1, "open", nb("Hvem?"), {}, {}}}, {}}};
  ResultRoom room;
  room.number = RoomNumber{44};
  room.label = "Øst";
  room.notes = std::move(notes);
  result.rooms = {room};
  return result;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

}  // namespace

TEST_CASE("html: markup in notes, names and titles is shown, not obeyed") {
  auto result = seminar({note({1, 1}, "<script>alert(1)</script> & «hei»")});
  result.rooms[0].label = "<img src=x onerror=alert(1)>";
  const auto html = to_html(outline(result, "ab\"c"));
  CHECK(count(html, "<script") == 0);
  CHECK(count(html, "<img") == 0);
  CHECK_THAT(html, Catch::Contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; «hei»"));
  CHECK_THAT(html, Catch::Contains("<title>Møteplasser &lt;i&gt;</title>"));
  CHECK_THAT(html, Catch::Contains("<html lang=\"nb\">"));
}

TEST_CASE("markdown: lines that look like markup are escaped") {
  const auto md = to_markdown(outline(
      seminar(
          {note({1, 1}, "# ikke en overskrift\n1. ikke en liste\n*ikke* [lenke](javascript:x)")}),
      ""));
  CHECK_THAT(md, Catch::Contains("\\# ikke en overskrift"));
  CHECK_THAT(md, Catch::Contains("1\\. ikke en liste"));
  CHECK_THAT(md, Catch::Contains("\\*ikke\\* \\[lenke\\]"));
  CHECK(count(md, "[lenke]") == 0);
}

TEST_CASE("markdown: neither spaces nor a heading's end nor a second line come alive") {
  auto result = seminar({note({1, 1}, "     fire mellomrom\n \t\n    og en linje")});
  result.title = "Møte # 3 #";
  result.tasks[0].questions[0].earlier = {nb("Ordlyd\n# ikke en overskrift")};
  result.rooms[0].seats = {{{}, 1, "        ", "Fjordvik"}};
  const auto md = to_markdown(outline(result, ""));
  CHECK_THAT(md, Catch::Contains("- fire mellomrom\n\n  og en linje"));
  CHECK_THAT(md, Catch::Contains("# Møte \\# 3 \\#"));
  CHECK_THAT(md, Catch::Contains("Ordlyd \\# ikke en overskrift*"));
  CHECK_THAT(md, Catch::Contains("-  *(Fjordvik)*"));
}

TEST_CASE("the outline leaves nothing out: not assigned in a task and in the room") {
  const auto md =
      to_markdown(outline(seminar({note({1, 1}, "i spørsmålet"),
                                   note({1, std::nullopt}, "i oppgaven"), note({}, "i gruppa")}),
                          ""));
  for (const auto* text : {"i spørsmålet", "i oppgaven", "i gruppa"}) CHECK(count(md, text) == 1);
  CHECK_THAT(md, Catch::Contains("Tidligere ordlyd: Hva funker?"));
  CHECK_THAT(md, Catch::Contains("Gruppe 44 · Øst"));
  CHECK_THAT(md, Catch::Contains("Ingenting ble skrevet her."));
}

TEST_CASE("a room's own text and its members' notes are told apart") {
  auto result = seminar({note({1, 1}, "et innspill")});
  result.rooms[0].summaries = {{{1, 1}, "Gruppa mener dette", 1, true, false}};
  const auto md = to_markdown(outline(result, ""));
  CHECK_THAT(md, Catch::Contains("*Oppsummering*\n\nGruppa mener dette\n\n*Innspill*\n\n- et"));
  result.rooms[0].notes.clear();
  CHECK(count(to_markdown(outline(result, "")), "*Innspill*") == 0);
}

TEST_CASE("html: title and state, then the contents by their name") {
  const auto html = to_html(outline(seminar({}), ""));
  CHECK_THAT(html, Catch::Contains("Avsluttet</p>\n<nav aria-label=\"Innhold\"><ul><li>"));
}

TEST_CASE("csv: a header row, one row per note, no cell starts a formula") {
  const auto csv =
      to_csv(seminar({note({1, 1}, "=SUM(A1)"), note({1, 1}, "  @x"), note({1, 1}, "＝1+1"),
                      note({1, 1}, "-\"sitat\"\nlinje to"), note({}, "rolig")}));
  CHECK(csv.substr(0, 3) == "\xEF\xBB\xBF");
  CHECK(count(csv, "\r\n") == 6);
  CHECK_THAT(csv, Catch::Contains("\"'=SUM(A1)\""));
  CHECK_THAT(csv, Catch::Contains("\"'  @x\""));
  CHECK_THAT(csv, Catch::Contains("\"'＝1+1\""));
  CHECK_THAT(csv, Catch::Contains("\"'-\"\"sitat\"\"\nlinje to\""));
  CHECK_THAT(csv, Catch::Contains("\"rolig\""));
}

TEST_CASE("documents speak the workshop's language") {
  auto result = seminar({note({}, "x")});
  for (const auto& [language, words] : {std::pair{"nb", "Ikke plassert"},
                                        {"nn", "Ikkje plassert"},
                                        {"da", "Ikke placeret"},
                                        {"en", "Not assigned"}}) {
    result.language = language;
    result.rooms[0].notes = {note({1, std::nullopt}, "x")};
    CHECK_THAT(to_markdown(outline(result, "")), Catch::Contains(words));
  }
}
