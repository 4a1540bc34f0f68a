// LG9: stored names are for ever. tests/golden/stored-names.txt lists every kind of event with its
// fields, and the names of every closed set; a line may be added, none may go or change without an
// upcast that still reads it. After adding: test_protocol "[make]".
#include <fstream>
#include <set>
#include <sstream>
#include <type_traits>

#include "catch.hpp"
#include "domain/events_text.hpp"
#include "domain/names.hpp"
#include "source_dir.hpp"

using namespace rundbord;

namespace {

// Visits a value's fields and notes the path of each, and the names its enumerations may have.
class NameLister {
 public:
  explicit NameLister(std::set<std::string>& names, std::string path)
      : names_(names), path_(std::move(path)) {}

  template <class T>
  void operator()(std::string_view key, const T& value) {
    NameLister inner(names_, path_ + "." + std::string(key));
    names_.insert(inner.path_);
    inner.list(value);
  }

  template <class T>
  void list(const T& value) {
    if constexpr (requires { T::fields(value, *this); }) {
      T::fields(value, *this);
    } else if constexpr (requires { EnumNames<T>::all; }) {
      for (const auto& [known, name] : EnumNames<T>::all) {
        names_.insert(path_ + " = " + std::string(name));
      }
    }
  }
  template <class T>
  void list(const std::optional<T>&) {
    list(T{});
  }
  template <class T>
  void list(const std::vector<T>&) {
    list(T{});
  }
  template <class... Kinds>
  void list(const std::variant<Kinds...>&) {
    (kind<Kinds>(), ...);
  }
  template <class Kind>
  void kind() {
    NameLister inner(names_, path_ + " is " + std::string(Kind::name));
    names_.insert(inner.path_);
    inner.list(Kind{});
  }

 private:
  std::set<std::string>& names_;
  std::string path_;
};

std::set<std::string> names_now() {
  std::set<std::string> names;
  NameLister(names, "event").list(Event{});
  return names;
}

std::set<std::string> names_kept() {
  std::ifstream file(source_dir() / "tests" / "golden" / "stored-names.txt");
  std::set<std::string> names;
  for (std::string line; std::getline(file, line);) names.insert(line);
  return names;
}

}  // namespace

TEST_CASE("LG9: every stored name stands in the list, and none of the list has gone") {
  const auto kept = names_kept();
  const auto now = names_now();
  for (const auto& name : kept) {
    INFO("a stored name has gone: " << name);
    CHECK(now.count(name) == 1);
  }
  for (const auto& name : now) {
    INFO("a new stored name is not listed: " << name);
    CHECK(kept.count(name) == 1);
  }
}

TEST_CASE("make: tests/golden/stored-names.txt from this version", "[.][make]") {
  std::ofstream file(source_dir() / "tests" / "golden" / "stored-names.txt", std::ios::binary);
  for (const auto& name : names_now()) file << name << '\n';
}
