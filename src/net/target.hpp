// A request's target taken apart: path segments and query, percent-decoded. Pure functions: any
// thread.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rundbord::net {

inline constexpr std::size_t target_bytes_max = 4096;

struct Target {
  std::string path;                          // decoded, as it stands before '?'
  std::vector<std::string> segments;         // of the path, without the empty first one
  std::map<std::string, std::string> query;  // the first of each name
};

// Nothing when it does not start with '/', is too long, or is not decodable.
std::optional<Target> read_target(std::string_view target);

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space);
std::string percent_encoded(std::string_view text);  // all but letters, digits and -._~

}  // namespace rundbord::net
