// The result as JSON (contract: `export.json`), byte for byte the same for the same result: archive
// revisions are these bytes. Pure functions, any thread.
#pragma once
#include <string>

#include "domain/result.hpp"

namespace rundbord::protocol {

// A JSON object with `workshop`, `rooms` and, made from a log, `as_of`; no line breaks outside
// strings.
std::string encode_result(const Result& result);
// The same with `checksum` added as its last member.
std::string with_checksum(std::string result_json, const std::string& checksum);

// The same with `redacted` added: some of its words were erased since, by that erasure, and it
// stands for the bytes with the checksum `replaces`.
std::string with_redaction(std::string result_json, int erasure, const std::string& replaces);
bool is_redacted(const std::string& result_json);
std::string without_redaction(const std::string& result_json);

// As revisions were before they named the commit they are of. For one that ends in `as_of`.
std::string without_as_of(const std::string& result_json);

// "2026-11-22T09:30:00.000Z" (ISO 8601, UTC).
std::string iso_time(Time time);

}  // namespace rundbord::protocol
