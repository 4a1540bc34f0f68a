// The server's text: late edits, repeats, snapshots, limits, and that all writers end equal.
#include "domain/document.hpp"

#include <deque>
#include <stdexcept>

#include "catch.hpp"
#include "text_generators.hpp"

using namespace rundbord;
using rundbord::testing::random_change;

namespace {

const WriterId kari{{1}};
const WriterId ola{{2}};

ChangeSet insertion(std::size_t length, std::size_t at, std::u16string_view text) {
  ChangeSet change;
  change.keep(at);
  change.insert(text);
  change.keep(length - at);
  return change;
}

// Receives and, when accepted, applies.
EditAnswer give(Document& document, const TextEdit& edit) {
  const auto answer = document.receive(edit);
  if (const auto* accepted = std::get_if<EditAccepted>(&answer)) {
    document.apply(accepted->version, edit.writer, edit.counter, accepted->change);
  }
  return answer;
}

std::optional<TextFault> fault_of(const EditAnswer& answer) {
  const auto* rejected = std::get_if<EditRejected>(&answer);
  return rejected ? std::optional(rejected->fault) : std::nullopt;
}

}  // namespace

TEST_CASE("an edit on the present version is taken as it is") {
  Document document;
  const auto answer = document.receive({0, kari, 1, insertion(0, 0, u"Hei")});
  REQUIRE(std::holds_alternative<EditAccepted>(answer));
  CHECK(std::get<EditAccepted>(answer).version == 1);
  CHECK(document.text().empty());  // receive only decides
  document.apply(1, kari, 1, std::get<EditAccepted>(answer).change);
  CHECK(document.text() == u"Hei");
}

TEST_CASE("TX3: an edit that missed others' changes lands behind them") {
  Document document;
  give(document, {0, kari, 1, insertion(0, 0, u"ab")});
  give(document, {1, kari, 2, insertion(2, 1, u"K")});
  give(document, {2, kari, 3, insertion(3, 0, u"!")});
  give(document, {1, ola, 1, insertion(2, 1, u"O")});
  CHECK(document.text() == u"!aKOb");
  CHECK(document.version() == 4);
}

TEST_CASE("TX2: missed changes are mapped over one by one, never as their composition") {
  ChangeSet inserts;  // x after the first letter: a x b
  inserts.keep(1);
  inserts.insert(u"x");
  inserts.keep(1);
  ChangeSet deletes;  // the letters around x: their composition inserts x at position 0
  deletes.remove(1);
  deletes.keep(1);
  deletes.remove(1);
  const auto late = insertion(2, 0, u"L");
  const auto stepwise = map(map(late, inserts, Order::after), deletes, Order::after);
  const auto at_once = map(late, compose(inserts, deletes), Order::after);
  REQUIRE(stepwise != at_once);

  Document document;
  give(document, {0, kari, 1, insertion(0, 0, u"ab")});
  give(document, {1, kari, 2, inserts});
  give(document, {2, kari, 3, deletes});
  give(document, {1, ola, 1, late});
  CHECK(document.text() == u"Lx");
}

TEST_CASE("a repeated counter is answered with the version it got, even when it is now too old") {
  Document document;
  give(document, {0, kari, 1, insertion(0, 0, u"a")});
  for (std::size_t i = 0; i <= document_changes_max; ++i) {
    give(document, {document.version(), ola, static_cast<int>(i + 1), insertion(1 + i, 0, u"o")});
  }
  const auto answer = document.receive({0, kari, 1, insertion(0, 0, u"a")});
  REQUIRE(std::holds_alternative<EditRepeated>(answer));
  CHECK(std::get<EditRepeated>(answer).version == 1);
  CHECK(document.last_counter(kari) == 1);
}

TEST_CASE("an edit may miss document_changes_max changes, not one more") {
  Document document;
  for (std::size_t i = 0; i < document_changes_max; ++i) {
    give(document, {document.version(), ola, static_cast<int>(i + 1), insertion(i, 0, u"o")});
  }
  CHECK(
      std::holds_alternative<EditAccepted>(document.receive({0, kari, 1, insertion(0, 0, u"k")})));
  give(document, {document.version(), ola, 2001, insertion(document_changes_max, 0, u"o")});
  CHECK(std::holds_alternative<EditTooOld>(document.receive({0, kari, 1, insertion(0, 0, u"k")})));
  CHECK(
      std::holds_alternative<EditAccepted>(document.receive({1, kari, 1, insertion(1, 0, u"k")})));
}

TEST_CASE("a document from a checkpoint answers older edits with a snapshot") {
  const Document document(u"abc", 64);
  CHECK(std::holds_alternative<EditTooOld>(document.receive({63, kari, 1, insertion(2, 0, u"x")})));
  CHECK(
      std::holds_alternative<EditAccepted>(document.receive({64, kari, 1, insertion(3, 0, u"x")})));
}

TEST_CASE("bad edits are refused and change nothing") {
  Document document;
  give(document, {0, kari, 1, insertion(0, 0, u"\U0001F600")});
  const auto refused = [&](TextEdit edit) { return fault_of(give(document, edit)); };
  CHECK(refused({1, ola, 0, insertion(2, 0, u"x")}) == TextFault::bad_counter);
  CHECK(refused({2, ola, 1, insertion(2, 0, u"x")}) == TextFault::unknown_version);
  CHECK(refused({-1, ola, 1, insertion(2, 0, u"x")}) == TextFault::unknown_version);
  CHECK(refused({1, ola, 1, insertion(3, 0, u"x")}) == TextFault::wrong_length);
  CHECK(refused({0, ola, 1, insertion(2, 0, u"x")}) == TextFault::wrong_length);
  CHECK(refused({1, ola, 1, insertion(2, 1, u"x")}) == TextFault::splits_character);
  CHECK(refused({1, ola, 1, insertion(2, 0, u"\x01")}) == TextFault::control_character);
  CHECK(document.version() == 1);
  CHECK(document.last_counter(ola) == 0);
}

TEST_CASE("a text that would be too long is refused with how much too long") {
  Document document(std::u16string(summary_units_max - 1, u'a'), 1);
  const auto length = document.text().size();
  const auto answer = document.receive({1, kari, 1, insertion(length, 0, u"abc")});
  REQUIRE(fault_of(answer) == TextFault::text_too_long);
  CHECK(std::get<EditRejected>(answer).over == 2);
  CHECK(rejection_code(TextFault::text_too_long) == RejectionCode::text_too_long);
}

TEST_CASE("a change in more places than change_sections_max is refused") {
  const std::u16string text(change_sections_max, u'a');
  const Document document(text, 1);
  const auto in_places = [&](std::size_t places) {
    ChangeSet change;
    for (std::size_t i = 0; i < places; ++i) {
      change.insert(u"x");
      change.keep(1);
    }
    change.keep(text.size() - places);
    return change;
  };
  const auto half = change_sections_max / 2;
  CHECK_FALSE(fault_of(document.receive({1, kari, 1, in_places(half)})));
  CHECK(fault_of(document.receive({1, kari, 1, in_places(half + 1)})) ==
        TextFault::too_many_sections);
}

TEST_CASE("the writer silent for longest is forgotten beyond document_writers_max") {
  Document document;
  const auto writer = [](std::size_t i) {
    return WriterId{{static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i >> 8)}};
  };
  for (std::size_t i = 0; i <= document_writers_max; ++i) {
    give(document, {document.version(), writer(i), 1, insertion(i, 0, u"o")});
  }
  CHECK(document.last_counter(writer(0)) == 0);
  CHECK(document.last_counter(writer(1)) == 1);
  CHECK(document.last_counter(writer(document_writers_max)) == 1);
}

TEST_CASE("a version left out is a mistake in the program") {
  Document document;
  CHECK_THROWS_AS(document.apply(2, kari, 1, insertion(0, 0, u"x")), std::logic_error);
}

// The test values of the FNV authors for bytes, here as UTF-16 units.
TEST_CASE("TX5: the text's hash is FNV-1a over UTF-16 units, low byte first") {
  CHECK(text_hash(u"") == 0xCBF29CE484222325u);
  CHECK(text_hash(std::u16string(1, u'\x6F66')) == 0x08985907B541D342u);  // "fo"
  CHECK(text_hash(std::u16string{u'\x6F66', u'\x626F', u'\x7261'}) == 0x85944171F73967E8u);
  CHECK(text_hash_digits(text_hash(u"")) == "cbf29ce484222325");
  CHECK(text_hash_digits(10) == "000000000000000a");
}

TEST_CASE("packed changes come out as they went in") {
  CHECK(rc::check([] {
    PackedChanges packed;
    std::deque<ChangeSet> expected;
    std::u16string text = u"\U0001F600 \n";
    const auto steps = *rc::gen::inRange(1, 20);
    for (int i = 0; i < steps; ++i) {
      expected.push_back(random_change(text));
      packed.push(expected.back());
      text = apply_change(expected.back(), text);
      if (packed.count() > 5) {
        packed.drop_oldest();
        expected.pop_front();
      }
    }
    const auto asked = *rc::gen::inRange<std::size_t>(0, packed.count() + 1);
    const std::vector<ChangeSet> newest(expected.end() - static_cast<std::ptrdiff_t>(asked),
                                        expected.end());
    RC_ASSERT(packed.newest(asked) == newest);
  }));
}

// A writer as simple as can be: one edit made on an old version, then mapped as clients do it.
TEST_CASE("a late writer ends with the server's text") {
  CHECK(rc::check([] {
    Document document(u"start \U0001F600\nend", 0);
    auto mine = document.text();
    auto edit = random_change(mine);
    mine = apply_change(edit, mine);
    const auto sent = edit;
    const auto missed = *rc::gen::inRange(1, 8);
    for (int i = 1; i <= missed; ++i) {
      const auto theirs = random_change(document.text());
      give(document, {document.version(), ola, i, theirs});
      mine = apply_change(map(theirs, edit, Order::before), mine);
      edit = map(edit, theirs, Order::after);
    }
    const auto answer = give(document, {0, kari, 1, sent});
    RC_ASSERT(std::get<EditAccepted>(answer).change == edit);
    RC_ASSERT(document.text() == mine);
  }));
}
