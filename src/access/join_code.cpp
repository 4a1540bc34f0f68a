#include "access/join_code.hpp"

namespace rundbord::access {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

char read_as(char typed) {
  const char upper = typed >= 'a' && typed <= 'z' ? static_cast<char>(typed - 'a' + 'A') : typed;
  if (upper == 'O') return '0';
  if (upper == 'I' || upper == 'L') return '1';
  return upper;
}

}  // namespace

JoinCode draw_code(const RandomSource& random) {
  const auto bytes = random();
  JoinCode code;
  // 256 is a multiple of 32, so each character is equally likely.
  for (std::size_t i = 0; i < join_code_length; ++i) code.characters += alphabet[bytes[i] % 32];
  return code;
}

std::optional<JoinCode> code_from(std::string_view typed) {
  if (typed.size() > typed_code_bytes_max) return std::nullopt;
  JoinCode code;
  for (const char c : typed) {
    if (c == '-' || c == ' ') continue;
    const char read = read_as(c);
    if (alphabet.find(read) == std::string_view::npos) return std::nullopt;
    code.characters += read;
  }
  if (code.characters.size() != join_code_length) return std::nullopt;
  return code;
}

std::string shown(const JoinCode& code) {
  return code.characters.substr(0, 4) + '-' + code.characters.substr(4);
}

}  // namespace rundbord::access
