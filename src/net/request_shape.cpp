#include "net/request_shape.hpp"

#include <algorithm>
#include <charconv>

namespace rundbord::net {
namespace {

std::size_t count_of(const Request& request, std::string_view name) {
  return static_cast<std::size_t>(
      std::count_if(request.headers.begin(), request.headers.end(),
                    [&](const Header& header) { return same_ignoring_case(header.name, name); }));
}

std::optional<std::uint64_t> number_in(std::string_view digits) {
  std::uint64_t value = 0;
  const auto* const end = digits.data() + digits.size();
  const auto [at, ec] = std::from_chars(digits.data(), end, value);
  if (ec != std::errc() || at != end || digits.empty()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<std::string> ambiguous_shape(const Request& request) {
  const auto lengths = count_of(request, "Content-Length");
  const auto codings = count_of(request, "Transfer-Encoding");
  if (lengths + codings > 1) return "More than one header says how long the body is.";
  if (lengths == 1 && !declared_length(request)) return "The Content-Length is no number.";
  if (codings == 1 && !same_ignoring_case(header_of(request, "Transfer-Encoding"), "chunked")) {
    return "Of transfer codings only chunked is taken.";
  }
  if (count_of(request, "Host") > 1) return "There is more than one Host.";
  return std::nullopt;
}

std::optional<std::uint64_t> declared_length(const Request& request) {
  return number_in(header_of(request, "Content-Length"));
}

}  // namespace rundbord::net
