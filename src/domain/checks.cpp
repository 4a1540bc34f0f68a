#include "domain/checks.hpp"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string_view>

namespace rundbord {
namespace {

Rejection over_limit(RejectionCode code, const std::string& field, std::size_t is,
                     std::size_t max) {
  return {code,
          field,
          {{"over", static_cast<std::int64_t>(is - max)}, {"max", static_cast<std::int64_t>(max)}}};
}

bool is_blank(const Text& text) {
  return text.utf8.find_first_not_of(" \t\n") == std::string::npos;
}

// Letters, digits and hyphens, as in BCP 47; 35 is the longest tag it asks programs to take.
bool is_language_tag(std::string_view tag) {
  return !tag.empty() && tag.size() <= 35 && std::all_of(tag.begin(), tag.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
}

bool is_role_key(std::string_view key) {
  return !key.empty() && key.size() <= 40 && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || c == '_';
  });
}

}  // namespace

Fault too_long(const Text& text, const TextLimit& limit, const std::string& field) {
  if (text.graphemes > limit.graphemes_max) {
    return over_limit(limit.too_long, field, text.graphemes, limit.graphemes_max);
  }
  if (text.utf8.size() > limit.bytes_max) {
    auto fault = over_limit(limit.too_long, field, text.utf8.size(), limit.bytes_max);
    fault.facts.emplace_back("bytes", 1);
    return fault;
  }
  return std::nullopt;
}

Fault missing_or_too_long(const Text& text, const TextLimit& limit, const std::string& field) {
  if (is_blank(text)) return refused(RejectionCode::empty_text, field);
  return too_long(text, limit, field);
}

Fault fault_in(const LocalText& text, const TextLimit& limit, const std::string& field) {
  if (text.empty()) return refused(RejectionCode::empty_text, field);
  if (text.size() > languages_max) {
    return over_limit(RejectionCode::too_many, field, text.size(), languages_max);
  }
  for (const auto& [language, words] : text) {
    if (!is_language_tag(language)) return refused(RejectionCode::out_of_range, field);
    if (auto fault = missing_or_too_long(words, limit, field + "." + language)) return fault;
  }
  return std::nullopt;
}

Fault fault_in(const Settings& settings) {
  if (!is_language_tag(settings.language)) {
    return refused(RejectionCode::out_of_range, "settings.language");
  }
  return fault_in(settings.title, title_limit, "settings.title");
}

namespace {

Fault fault_in(const Role& role, const std::string& field) {
  if (!is_role_key(role.key)) return refused(RejectionCode::out_of_range, field + ".key");
  if (auto fault = fault_in(role.name, name_limit, field + ".name")) return fault;
  if (role.rights.size() > EnumNames<Right>::all.size()) {
    return refused(RejectionCode::too_many, field + ".rights");
  }
  // Help is optional.
  if (role.help.empty()) return std::nullopt;
  return fault_in(role.help, question_limit, field + ".help");
}

}  // namespace

Fault fault_in(const std::vector<Role>& roles) {
  if (roles.size() > roles_max) {
    return over_limit(RejectionCode::too_many, "roles", roles.size(), roles_max);
  }
  std::set<std::string> keys;
  for (std::size_t i = 0; i < roles.size(); ++i) {
    const auto field = "roles." + std::to_string(i);
    if (auto fault = fault_in(roles[i], field)) return fault;
    if (!keys.insert(roles[i].key).second) {
      return refused(RejectionCode::exists_already, field + ".key");
    }
  }
  return std::nullopt;
}

Fault fault_in(const std::vector<NewRoom>& rooms) {
  if (rooms.size() > rooms_max) {
    return over_limit(RejectionCode::too_many, "rooms", rooms.size(), rooms_max);
  }
  std::set<RoomNumber> numbers;
  for (std::size_t i = 0; i < rooms.size(); ++i) {
    const auto field = "rooms." + std::to_string(i);
    const int number = to_int(rooms[i].number);
    if (number < 1 || number > room_number_max) {
      return Rejection{
          RejectionCode::out_of_range, field + ".number", {{"min", 1}, {"max", room_number_max}}};
    }
    if (auto fault = too_long(rooms[i].name, name_limit, field + ".name")) return fault;
    if (!numbers.insert(rooms[i].number).second) {
      return Rejection{RejectionCode::exists_already, field + ".number", {{"number", number}}};
    }
  }
  return std::nullopt;
}

bool is_checksum(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

}  // namespace rundbord
