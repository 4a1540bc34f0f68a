#include "net/http_message.hpp"

#include <algorithm>

namespace rundbord::net {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool same_ignoring_case(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

std::string all_of(const Request& request, std::string_view name) {
  std::string values;
  for (const auto& header : request.headers) {
    if (!same_ignoring_case(header.name, name)) continue;
    if (!values.empty()) values += ',';
    values += header.value;
  }
  return values;
}

std::string_view header_of(const Request& request, std::string_view name) {
  for (const auto& header : request.headers) {
    if (same_ignoring_case(header.name, name)) return header.value;
  }
  return {};
}

}  // namespace rundbord::net
