// The names of seats, joined in when a frame, snapshot or document is encoded; never part of an
// event. Owned by whoever encodes; plain values.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "domain/decide.hpp"

namespace rundbord::protocol {

struct PersonName {
  std::uint32_t version = 0;
  Text person;
  Text organisation;
};
using Names = std::map<SeatId, PersonName>;

// A row of the log's table "name": key `<workshop>/<seat>`, value a JSON object.
std::string name_row_key(const WorkshopId& workshop, const SeatId& seat);
std::string name_row_value(const NameWrite& name);
// Takes a stored row into the table; false when key or value cannot be read.
bool take_name_row(Names& names, std::string_view key, std::string_view value);

}  // namespace rundbord::protocol
