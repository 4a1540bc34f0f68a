// Change sets: what single operations do, and the laws that make texts converge.
#include "domain/change_set.hpp"

#include <stdexcept>

#include "catch.hpp"
#include "domain/utf16.hpp"
#include "text_generators.hpp"

using namespace rundbord;
using rundbord::testing::cuts;
using rundbord::testing::random_change;
using rundbord::testing::random_text;

namespace {

// keep `at` units, replace `removed` by `text`, keep the rest of `length`
ChangeSet replacing(std::size_t length, std::size_t at, std::size_t removed,
                    std::u16string_view text) {
  ChangeSet change;
  change.keep(at);
  change.remove(removed);
  change.insert(text);
  change.keep(length - at - removed);
  return change;
}

bool is_normal(const ChangeSet& change) {
  const auto& sections = change.sections();
  for (std::size_t i = 0; i < sections.size(); ++i) {
    if (sections[i].length == 0 && sections[i].inserted == 0) return false;
    if (sections[i].keep && sections[i].inserted != 0) return false;
    if (i > 0 && sections[i].keep == sections[i - 1].keep) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("neighbouring and empty sections melt into the normal form") {
  ChangeSet change;
  change.keep(0);
  change.keep(2);
  change.keep(1);
  change.remove(1);
  change.insert(u"x");
  change.insert(u"");
  change.remove(2);
  CHECK(change.sections() == std::vector<Section>{{3, 0, true}, {3, 1, false}});
  CHECK(change.inserted() == u"x");
  CHECK(change.length_before() == 6);
  CHECK(change.length_after() == 4);
}

TEST_CASE("a change that only keeps changes nothing") {
  ChangeSet change;
  CHECK(change.changes_nothing());
  change.keep(4);
  CHECK(change.changes_nothing());
  change.insert(u"x");
  CHECK_FALSE(change.changes_nothing());
}

TEST_CASE("of two insertions at one place the one on the server stands first") {
  const auto on_server = replacing(2, 1, 0, u"S");
  const auto late = replacing(2, 1, 0, u"L");
  const auto at_server = map(late, on_server, Order::after);
  CHECK(apply_change(at_server, apply_change(on_server, u"ab")) == u"aSLb");
  const auto at_client = map(on_server, late, Order::before);
  CHECK(apply_change(at_client, apply_change(late, u"ab")) == u"aSLb");
}

TEST_CASE("an insertion in a range that was replaced stands after the replacement") {
  const auto replaced = replacing(4, 0, 4, u"new");
  const auto inserted = replacing(4, 2, 0, u"X");
  CHECK(apply_change(map(inserted, replaced, Order::after), u"new") == u"newX");
  CHECK(apply_change(map(replaced, inserted, Order::before), u"abXcd") == u"newX");
}

TEST_CASE("a position stays before an insertion or goes after it, and leaves a deleted range") {
  const auto change = replacing(6, 2, 2, u"xyz");
  CHECK(map_position(change, 2, Order::before) == 2);
  CHECK(map_position(change, 2, Order::after) == 5);
  CHECK(map_position(change, 3, Order::before) == 5);
  CHECK(map_position(change, 4, Order::before) == 5);
  CHECK(map_position(change, 6, Order::after) == 7);
}

TEST_CASE("each fault of a change is told from the others") {
  const std::u16string text = u"a\U0001F600b";
  CHECK(valid(replacing(4, 1, 2, u"ŋ\t\n"), text));
  CHECK(fault_in(replacing(3, 1, 0, u"x"), text) == TextFault::wrong_length);
  CHECK(fault_in(replacing(4, 2, 0, u"x"), text) == TextFault::splits_character);
  CHECK(fault_in(replacing(4, 1, 1, u"x"), text) == TextFault::splits_character);
  CHECK(fault_in(replacing(4, 0, 0, std::u16string(1, u'\xD83D')), text) ==
        TextFault::lone_surrogate);
  CHECK(fault_in(replacing(4, 0, 0, u"\r"), text) == TextFault::control_character);
  CHECK(fault_in(replacing(4, 0, 0, u"\x85"), text) == TextFault::control_character);
}

TEST_CASE("halves of one character in two places are lone") {
  ChangeSet change;
  change.insert(std::u16string(1, u'\xD83D'));
  change.keep(1);
  change.insert(std::u16string(1, u'\xDE00'));
  CHECK(fault_in(change, u"a") == TextFault::lone_surrogate);
}

TEST_CASE("a text of summary_units_max is accepted, one unit more is not") {
  const std::u16string full(summary_units_max, u'a');
  CHECK(valid(replacing(0, 0, 0, full), u""));
  CHECK(valid(replacing(full.size(), 7, 1, u"b"), full));
  CHECK(fault_in(replacing(full.size(), 7, 0, u"b"), full) == TextFault::text_too_long);
}

TEST_CASE("lengths that do not meet are a mistake in the program") {
  CHECK_THROWS_AS(apply_change(replacing(3, 0, 1, u""), u"ab"), std::logic_error);
  CHECK_THROWS_AS(map(replacing(3, 0, 1, u""), replacing(2, 0, 1, u""), Order::after),
                  std::logic_error);
  CHECK_THROWS_AS(compose(replacing(3, 0, 1, u""), replacing(1, 0, 1, u"")), std::logic_error);
  CHECK_THROWS_AS(compose(replacing(3, 0, 1, u""), replacing(3, 0, 1, u"")), std::logic_error);
}

TEST_CASE("composing is doing one after the other") {
  CHECK(rc::check([] {
    const auto text = random_text(24);
    const auto first = random_change(text);
    const auto between = apply_change(first, text);
    const auto second = random_change(between);
    const auto whole = compose(first, second);
    RC_ASSERT(is_normal(whole));
    RC_ASSERT(apply_change(whole, text) == apply_change(second, between));
  }));
}

TEST_CASE("composing may be bracketed either way") {
  CHECK(rc::check([] {
    const auto text = random_text(16);
    const auto a = random_change(text);
    const auto b = random_change(apply_change(a, text));
    const auto c = random_change(apply_change(b, apply_change(a, text)));
    RC_ASSERT(compose(compose(a, b), c) == compose(a, compose(b, c)));
  }));
}

TEST_CASE("two changes made on one text end in one text") {
  CHECK(rc::check([] {
    const auto text = random_text(24);
    const auto on_server = random_change(text);
    const auto late = random_change(text);
    const auto at_server = map(late, on_server, Order::after);
    const auto at_client = map(on_server, late, Order::before);
    RC_ASSERT(is_normal(at_server));
    RC_ASSERT(apply_change(at_server, apply_change(on_server, text)) ==
              apply_change(at_client, apply_change(late, text)));
  }));
}

TEST_CASE("mapping keeps a change valid") {
  CHECK(rc::check([] {
    const auto text = random_text(24);
    const auto over = random_change(text);
    const auto change = random_change(text);
    RC_ASSERT(valid(change, text));
    RC_ASSERT(valid(map(change, over, Order::after), apply_change(over, text)));
    RC_ASSERT(valid(map(change, over, Order::before), apply_change(over, text)));
  }));
}

TEST_CASE("mapping over a change that changes nothing is no mapping") {
  CHECK(rc::check([] {
    const auto text = random_text(24);
    const auto change = random_change(text);
    ChangeSet nothing;
    nothing.keep(text.size());
    RC_ASSERT(map(change, nothing, Order::after) == change);
    RC_ASSERT(map(nothing, change, Order::after).changes_nothing());
  }));
}

TEST_CASE("a position goes where a mark inserted there would stand") {
  CHECK(rc::check([] {
    const auto text = random_text(24);
    const auto change = random_change(text);
    const auto position = *rc::gen::elementOf(cuts(text));
    const auto order = *rc::gen::element(Order::before, Order::after);
    const auto mark = map(replacing(text.size(), position, 0, u"|"), change, order);
    const auto marked = apply_change(mark, apply_change(change, text));
    RC_ASSERT(map_position(change, position, order) == marked.find(u'|'));
  }));
}

TEST_CASE("a difference leads from the old text to the new one on whole characters") {
  CHECK(rc::check([] {
    const auto old_text = random_text(12);
    const auto new_text = *rc::gen::arbitrary<bool>()
                              ? apply_change(random_change(old_text), old_text)
                              : random_text(12);
    const auto change = diff(old_text, new_text);
    RC_ASSERT(valid(change, old_text));
    RC_ASSERT(apply_change(change, old_text) == new_text);
  }));
}

TEST_CASE("a difference does not cut characters that share a half") {
  const std::u16string old_text = u"\U0001F600";     // D83D DE00
  const std::u16string other_end = u"\U0001F601";    // D83D DE01
  const std::u16string other_start = u"\U0001FA00";  // D83E DE00
  CHECK(valid(diff(old_text, other_end), old_text));
  CHECK(valid(diff(old_text, other_start), old_text));
  CHECK(apply_change(diff(old_text, other_end), old_text) == other_end);
}
