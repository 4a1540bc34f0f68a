// A channel as a client sees it: the state of a snapshot, carried on event by event as the browser
// does it (web/src/store). Pure; written apart from the server, which only makes snapshots.
#pragma once
#include <nlohmann/json.hpp>
#include <string>

#include "domain/audience.hpp"

namespace rundbord::sim {

using nlohmann::json;

// Carries the state of a snapshot of `channel` on by one event of a frame (SPEC FR5 to FR8).
void fold_event(const Channel& channel, json& state, const json& event, std::int64_t at);

// What of a state must be the same for everybody who hears the channel: without the order of what
// has none, and without what reaches a page by another of its channels.
json comparable(const Channel& channel, json state);

}  // namespace rundbord::sim
