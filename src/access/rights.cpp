#include "access/rights.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace rundbord::access {
namespace {

using nlohmann::json;

std::string session_key(std::string_view cookie, const WorkshopId& workshop) {
  return kept_as(cookie) + '/' + to_text(workshop);
}

bool flag(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_boolean() && found->get<bool>();
}

}  // namespace

bool Rights::holds(const SeatId& seat) const {
  return std::find(seats.begin(), seats.end(), seat) != seats.end();
}

Rights organiser_rights() {
  return Rights{true, false, {}};
}
Rights projector_rights() {
  return Rights{false, true, {}};
}
Rights seat_rights(const SeatId& seat) {
  return Rights{false, false, {seat}};
}

Rights joined(Rights left, const Rights& right) {
  left.organiser = left.organiser || right.organiser;
  left.projector = left.projector || right.projector;
  for (const auto& seat : right.seats) {
    if (!left.holds(seat)) left.seats.push_back(seat);
  }
  return left;
}

std::string rights_row(const Rights& rights) {
  json row = json::object();
  if (rights.organiser) row["organiser"] = true;
  if (rights.projector) row["projector"] = true;
  for (const auto& seat : rights.seats) row["seats"].push_back(to_text(seat));
  return row.dump();
}

std::optional<Rights> rights_from_row(std::string_view value) {
  const json row = json::parse(value, nullptr, false);
  if (!row.is_object()) return std::nullopt;
  Rights rights{flag(row, "organiser"), flag(row, "projector"), {}};
  for (const auto& entry : row.value("seats", json::array())) {
    const auto seat =
        entry.is_string() ? id_from_text<SeatId>(entry.get<std::string>()) : std::nullopt;
    if (!seat) return std::nullopt;
    rights.seats.push_back(*seat);
  }
  return rights;
}

log::RowWrite grant_row(std::string_view secret, const Rights& rights) {
  return {"grant", kept_as(secret), rights_row(rights)};
}

log::RowWrite session_row(std::string_view cookie, const WorkshopId& workshop,
                          const Rights& rights) {
  return {"session", session_key(cookie, workshop), rights_row(rights)};
}

log::RowWrite code_row(const JoinCode& code) {
  return {"code", code.characters, "{}"};
}

std::optional<Granted> find_grant(log::EventLog& log, std::string_view secret) {
  const auto row = log.row("grant", kept_as(secret));
  if (!row) return std::nullopt;
  auto rights = rights_from_row(row->value);
  if (!rights) return std::nullopt;
  return Granted{row->workshop, std::move(*rights)};
}

Rights find_session(log::EventLog& log, std::string_view cookie, const WorkshopId& workshop) {
  const auto row = log.row("session", session_key(cookie, workshop));
  if (!row || row->workshop != workshop) return {};
  return rights_from_row(row->value).value_or(Rights{});
}

std::optional<WorkshopId> find_workshop(log::EventLog& log, const JoinCode& code) {
  const auto row = log.row("code", code.characters);
  if (!row) return std::nullopt;
  return row->workshop;
}

std::optional<JoinCode> find_code(log::EventLog& log, const WorkshopId& workshop) {
  const auto rows = log.rows(workshop, "code");
  if (rows.empty()) return std::nullopt;
  return JoinCode{rows.front().key};
}

}  // namespace rundbord::access
