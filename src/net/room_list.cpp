#include "net/room_list.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/limits.hpp"
#include "net/http_message.hpp"

namespace rundbord::net {
namespace {

using nlohmann::json;

struct NamedRoom {
  std::optional<int> number;
  std::string name;
};

std::optional<int> number_in(std::string_view text) {
  int number = 0;
  const auto end = text.data() + text.size();
  const auto [stopped, ec] = std::from_chars(text.data(), end, number);
  if (text.empty() || ec != std::errc{} || stopped != end) return std::nullopt;
  return number;
}

// One line of a table; quotes around a cell, doubled inside it.
std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
      cells.back() += line[++i];
    } else if (c == '"' && (quoted || cells.back().empty())) {
      quoted = !quoted;
    } else if (!quoted && (c == ',' || c == ';' || c == '\t')) {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  for (auto& cell : cells) cell = std::string(trimmed(cell));
  return cells;
}

bool is_heading(const std::vector<std::string>& cells) {
  static const std::set<std::string> headings = {
      "number", "room", "nummer", "rom", "gruppe", "nr", "pre-assign room name"};
  return headings.count(lower_case(cells.front())) > 0;
}

std::vector<NamedRoom> rooms_in_table(std::string_view table) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (table.rfind(byte_order_mark, 0) == 0) table.remove_prefix(byte_order_mark.size());
  std::vector<NamedRoom> rooms;
  std::set<std::string> names;
  bool first = true;
  while (!table.empty()) {
    const auto end = std::min(table.find_first_of("\r\n"), table.size());
    const auto cells = cells_of(table.substr(0, end));
    table.remove_prefix(std::min(end + 1, table.size()));
    const bool heading = std::exchange(first, false) && is_heading(cells);
    if (heading || (cells.size() == 1 && cells.front().empty())) continue;
    if (const auto number = number_in(cells.front())) {
      rooms.push_back({number, cells.size() > 1 ? cells[1] : std::string()});
    } else if (names.insert(cells.front()).second) {
      rooms.push_back({std::nullopt, cells.front()});
    }
  }
  return rooms;
}

// Out of range is no number: nothing is cut to fit.
std::optional<int> number_in(const json& entry) {
  if (!entry.is_number_integer()) return std::nullopt;
  const auto number = entry.get<std::int64_t>();
  if (number < 0 || number > std::numeric_limits<int>::max()) return std::nullopt;
  return static_cast<int>(number);
}

std::optional<NamedRoom> room_in(const json& entry) {
  if (const auto number = number_in(entry)) return NamedRoom{number, {}};
  if (entry.is_string()) return NamedRoom{std::nullopt, entry.get<std::string>()};
  if (!entry.is_object()) return std::nullopt;
  NamedRoom room;
  if (entry.contains("number")) {
    room.number = number_in(entry["number"]);
    if (!room.number) return std::nullopt;
  }
  if (entry.contains("name")) {
    if (!entry["name"].is_string()) return std::nullopt;
    room.name = entry["name"].get<std::string>();
  }
  return room;
}

json numbered(const std::vector<NamedRoom>& rooms) {
  std::set<int> taken;
  for (const auto& room : rooms) {
    if (room.number) taken.insert(*room.number);
  }
  json list = json::array();
  int next = 1;
  for (const auto& room : rooms) {
    if (!room.number) {
      while (taken.count(next) > 0) ++next;
      taken.insert(next);
    }
    list.push_back({{"number", room.number.value_or(next)}, {"name", room.name}});
  }
  return list;
}

}  // namespace

std::variant<json, Rejection> rooms_from(const json& given) {
  std::vector<NamedRoom> rooms;
  if (given.is_number_integer()) {
    const auto count = given.get<std::int64_t>();
    if (count < 1 || count > static_cast<std::int64_t>(rooms_max)) {
      return Rejection{
          RejectionCode::out_of_range, "rooms", {{"max", static_cast<std::int64_t>(rooms_max)}}};
    }
    rooms.resize(static_cast<std::size_t>(count));
  } else if (given.is_string()) {
    rooms = rooms_in_table(given.get_ref<const std::string&>());
  } else if (given.is_array()) {
    for (const auto& entry : given) {
      const auto room = room_in(entry);
      if (!room) return refused(RejectionCode::wrong_type, "rooms");
      rooms.push_back(*room);
    }
  } else {
    return refused(RejectionCode::wrong_type, "rooms");
  }
  if (rooms.size() > rooms_max) return refused(RejectionCode::too_many, "rooms");
  return numbered(rooms);
}

}  // namespace rundbord::net
