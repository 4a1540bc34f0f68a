// A result as a document: the sittings and questions first, every room's words below each. Pure,
// any thread.
#pragma once
#include <string>

#include "domain/result.hpp"
#include "render/document.hpp"

namespace rundbord::render {

// `checksum` of the revision or of the export; shown at the end when not empty.
Document outline(const Result& result, const std::string& checksum);

}  // namespace rundbord::render
