// What is stored is read back the same; free text never stands in a header.
#include <type_traits>

#include "catch.hpp"
#include "domain/utf16.hpp"
#include "protocol/describe.hpp"
#include "protocol/field_writer.hpp"
#include "protocol/log_codec.hpp"

using namespace rundbord;
using namespace rundbord::protocol;

namespace {

// Fills every field with something of its own, so that two swapped or forgotten ones are seen.
class Filler {
 public:
  template <class T>
  void operator()(std::string_view, T& value) {
    fill(value);
  }
  template <class T>
  void fill(T& value) {
    if constexpr (requires { T::fields(value, *this); }) {
      T::fields(value, *this);
    } else if constexpr (std::is_same_v<T, bool>) {
      value = true;
    } else if constexpr (std::is_same_v<T, RoomNumber>) {
      value = RoomNumber{next()};
    } else if constexpr (std::is_enum_v<T>) {
      value = EnumNames<T>::all.back().first;
    } else {
      value = static_cast<T>(next());
    }
  }
  template <class Tag>
  void fill(Id<Tag>& id) {
    id.bytes[3] = static_cast<std::uint8_t>(next());
  }
  void fill(Time& time) { time = Time{Duration{next()}}; }
  void fill(Duration& duration) { duration = Duration{next()}; }
  void fill(std::string& token) { token = "token_" + std::to_string(next()); }
  void fill(Text& text) { text.utf8 = "Ord «nr.» " + std::to_string(next()); }
  void fill(ChangeSet& change) {
    change.keep(3);
    change.insert(*to_utf16("Skrevet ord " + std::to_string(next())));
  }
  template <class T>
  void fill(std::optional<T>& value) {
    fill(value.emplace());
  }
  template <class T>
  void fill(std::vector<T>& values) {
    values.resize(2);
    for (auto& value : values) fill(value);
  }
  template <class T>
  void fill(std::map<std::string, T>& values) {
    fill(values["nb"]);
    fill(values["nn"]);
  }
  template <class... Kinds>
  void fill(std::variant<Kinds...>& value) {
    using Last = std::variant_alternative_t<sizeof...(Kinds) - 1, std::variant<Kinds...>>;
    fill(value.template emplace<Last>());
  }

 private:
  int next() { return ++counter_; }
  int counter_ = 0;
};

template <class... Kinds>
std::vector<Event> one_of_each(const std::variant<Kinds...>*) {
  std::vector<Event> events;
  const auto add = [&](auto kind) {
    Filler filler;
    decltype(kind)::fields(kind, filler);
    events.emplace_back(std::move(kind));
  };
  (add(Kinds{}), ...);
  return events;
}

Commit commit_of_everything() {
  Commit commit{7, Time{Duration{1'234}}, {}, SeatId{}, {}};
  commit.events = one_of_each(static_cast<const Event*>(nullptr));
  return commit;
}

std::vector<std::optional<std::string>> as_stored(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

}  // namespace

TEST_CASE("LG1 LG4: every event is read back as it was stored") {
  const auto commit = commit_of_everything();
  const auto form = encode_commit(commit);
  const auto read = decode_commit(form.header, as_stored(form.texts));
  REQUIRE(std::holds_alternative<Commit>(read));
  const auto again = encode_commit(std::get<Commit>(read));
  CHECK(again.header == form.header);
  CHECK(again.texts == form.texts);
}

TEST_CASE("LG1: nothing typed by a person stands in a header") {
  for (const auto& event : commit_of_everything().events) {
    const auto form = encode_commit({1, {}, {}, {}, {event}});
    INFO(form.header);
    CHECK(form.header.find("Ord") == std::string::npos);
    CHECK(form.header.find("Skrevet") == std::string::npos);
  }
}

TEST_CASE("a commit that cannot be read says where") {
  const auto reason = [](const std::string& header) {
    const auto read = decode_commit(header, {});
    REQUIRE(std::holds_alternative<std::string>(read));
    return std::get<std::string>(read);
  };
  CHECK_THAT(reason("not json"), Catch::Contains("no commit"));
  CHECK_THAT(reason(R"({"seq":1,"events":[{"event":"flown"}]})"), Catch::Contains("event 0"));
  CHECK_THAT(reason(R"({"seq":1,"events":[{"event":"room_closed","room":"x"}]})"),
             Catch::Contains("room"));
  CHECK_THAT(reason(R"({"seq":1,"events":[{"event":"room_opened","room":1,"label":{"t":4}}]})"),
             Catch::Contains("label"));
}

TEST_CASE("an erased text reads as empty and leaves the rest") {
  Note note;
  note.text.utf8 = "skal bort";
  note.from_organisation.utf8 = "Grendelaget";
  const auto form = encode_commit({1, {}, {}, {}, {NoteWritten{note}}});
  const auto read = decode_commit(form.header, {std::nullopt, "Grendelaget"});
  REQUIRE(std::holds_alternative<Commit>(read));
  const auto& written = std::get<NoteWritten>(std::get<Commit>(read).events[0]);
  CHECK(written.note.text.empty());
  CHECK(written.note.from_organisation.utf8 == "Grendelaget");
}
