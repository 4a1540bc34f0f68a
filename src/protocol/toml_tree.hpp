// A TOML file as plain values that know their place in it, so that every later complaint can name a
// line; keeps toml++ inside one .cpp. Plain values: any thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace rundbord::protocol {

// toml++ recurses once per level, and a level costs a '.' or a '[': with more dots than this a
// small file could use up the stack (8 MB went at about 30,000 levels).
inline constexpr std::size_t toml_dots_max = 4'000;
inline constexpr std::size_t toml_bytes_max = 256 * 1024;

struct TomlPlace {
  int line = 1;
  int column = 1;
  auto operator<=>(const TomlPlace&) const = default;
};

struct TomlMember;
struct TomlNode;
using TomlList = std::vector<TomlNode>;
using TomlTable = std::vector<TomlMember>;
struct TomlOther {};  // a boolean, a fraction or a date: nothing a template uses

struct TomlNode {
  TomlPlace at;
  std::variant<std::string, std::int64_t, TomlList, TomlTable, TomlOther> value;
};

struct TomlMember {
  std::string key;
  TomlPlace at;
  TomlNode node;
};

struct TomlFault {
  TomlPlace at;
  std::string reason;
};

std::variant<TomlNode, TomlFault> read_toml(std::string_view toml);

}  // namespace rundbord::protocol
