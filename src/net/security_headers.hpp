// The headers every answer carries: what a page may load and do, and what nobody may do with it.
// Pure functions: any thread.
#pragma once
#include <string>
#include <vector>

#include "net/http_message.hpp"

namespace rundbord::net {

// `style_hashes`: "sha256-…" of the styles inside the page; `trusted_types`: policy names beside
// Rundbord's own; `script_hashes`: of scripts inside it, which only the page that checks receipts
// has, because it must also work as a file.
std::string content_security_policy(const std::vector<std::string>& style_hashes,
                                    const std::vector<std::string>& trusted_types,
                                    const std::vector<std::string>& script_hashes = {});

// Adds what is missing; an answer that brings its own policy keeps it.
void add_security_headers(Response& response);

}  // namespace rundbord::net
