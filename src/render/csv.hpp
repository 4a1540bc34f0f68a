// One row per note with a header row, as spreadsheets read it (RFC 4180, UTF-8 with BOM, CRLF).
// Pure, any thread.
#pragma once
#include <string>

#include "domain/result.hpp"

namespace rundbord::render {

// No cell can start a formula: one that begins with = + - @, tab or a line break gets an apostrophe
// in front, as OWASP's "CSV Injection" advises.
std::string to_csv(const Result& result);

}  // namespace rundbord::render
