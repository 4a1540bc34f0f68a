// What the holder of a secret may be in one workshop, and the rows of the log that say so: "grant"
// by the hash of a link's secret, "session" by the hash of a browser's cookie and the workshop,
// "code" by join code. Plain values and look-ups through the log port; any thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/join_code.hpp"
#include "domain/ids.hpp"
#include "log/event_log.hpp"

namespace rundbord::access {

struct Rights {
  bool organiser = false;
  bool projector = false;
  std::vector<SeatId> seats;  // in the order they were taken

  bool none() const { return !organiser && !projector && seats.empty(); }
  bool holds(const SeatId& seat) const;
  bool operator==(const Rights&) const = default;
};

Rights organiser_rights();
Rights projector_rights();
Rights seat_rights(const SeatId& seat);
// Both together; a seat held by both stands once.
Rights joined(Rights left, const Rights& right);

std::string rights_row(const Rights& rights);
// Nothing when the row cannot be read.
std::optional<Rights> rights_from_row(std::string_view value);

log::RowWrite grant_row(std::string_view secret, const Rights& rights);
log::RowWrite session_row(std::string_view cookie, const WorkshopId& workshop,
                          const Rights& rights);
log::RowWrite code_row(const JoinCode& code);

struct Granted {
  WorkshopId workshop;
  Rights rights;
};
// These throw LogError when the log cannot be read.
std::optional<Granted> find_grant(log::EventLog& log, std::string_view secret);
Rights find_session(log::EventLog& log, std::string_view cookie, const WorkshopId& workshop);
std::optional<WorkshopId> find_workshop(log::EventLog& log, const JoinCode& code);
std::optional<JoinCode> find_code(log::EventLog& log, const WorkshopId& workshop);

}  // namespace rundbord::access
