// The result as JSON (contract: `export.json`), byte for byte the same for the same result: archive
// revisions are these bytes. Pure functions, any thread.
#pragma once
#include <string>

#include "domain/result.hpp"

namespace rundbord::protocol {

// A JSON object with `workshop` and `rooms`; no line breaks outside strings.
std::string encode_result(const Result& result);
// The same with `checksum` added as its last member.
std::string with_checksum(std::string result_json, const std::string& checksum);

// "2026-11-22T09:30:00.000Z" (ISO 8601, UTC).
std::string iso_time(Time time);

}  // namespace rundbord::protocol
