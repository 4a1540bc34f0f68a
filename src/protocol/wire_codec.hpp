// Events and state as the sessions on a channel get them (SPEC FR5-FR8, SN1-SN5): names joined in,
// private notes and hidden authors kept back. Pure functions; the caller's thread.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "domain/audience.hpp"
#include "domain/workshop.hpp"
#include "protocol/column_counts.hpp"
#include "protocol/names_table.hpp"

namespace rundbord::protocol {

// The state just after the commit whose events are encoded.
struct View {
  const Workshop& workshop;
  const Names& names;
  ColumnCounts* counts = nullptr;  // kept from event to event; null: count anew
};

// JSON objects, comma-separated, as this channel gets the event: usually one.
std::string encode_event(const View& view, const Event& event, const Channel& channel);
// The `state` of a snapshot message.
std::string encode_state(const View& view, const Channel& channel);

}  // namespace rundbord::protocol
