#include "protocol/text_sources.hpp"

#include "protocol/change_set_codec.hpp"
#include "protocol/typed_text.hpp"

namespace rundbord::protocol {
namespace {

// Controls that turn the direction of what follows (UAX #9) could make one name look like another:
// U+061C, U+200E-200F, U+202A-202E, U+2066-2069, by their UTF-8 bytes.
bool has_bidi_control(std::string_view utf8) {
  for (std::size_t i = 0; i + 1 < utf8.size(); ++i) {
    if (utf8.substr(i, 2) == "\xD8\x9C") return true;
    if (i + 2 >= utf8.size() || utf8[i] != '\xE2') continue;
    const auto second = static_cast<unsigned char>(utf8[i + 1]);
    const auto third = static_cast<unsigned char>(utf8[i + 2]);
    if (second == 0x80 && (third == 0x8E || third == 0x8F)) return true;
    if (second == 0x80 && third >= 0xAA && third <= 0xAE) return true;
    if (second == 0x81 && third >= 0xA6 && third <= 0xA9) return true;
  }
  return false;
}

bool fits_one_line(std::string_view utf8) {
  return utf8.find_first_of("\n\t") == std::string_view::npos && !has_bidi_control(utf8);
}

}  // namespace

std::optional<Text> TypedTexts::text(const nlohmann::json& json, bool one_line) {
  fault_ = RejectionCode::wrong_type;
  if (!json.is_string()) return std::nullopt;
  fault_ = RejectionCode::invalid_text;
  auto typed = typed_text(json.get_ref<const std::string&>());
  if (!std::holds_alternative<Text>(typed)) return std::nullopt;
  auto& text = std::get<Text>(typed);
  if (one_line && !fits_one_line(text.utf8)) return std::nullopt;
  return std::move(text);
}

std::optional<ChangeSet> TypedTexts::change(const nlohmann::json& json) {
  fault_ = RejectionCode::invalid_change;
  return change_from_json(json);
}

namespace {

// `{"t":3}` → 3.
std::optional<std::size_t> number_in(const nlohmann::json& json) {
  if (!json.is_object() || !json.contains("t") || !json["t"].is_number_unsigned()) {
    return std::nullopt;
  }
  return json["t"].get<std::size_t>();
}

}  // namespace

const std::optional<std::string>* StoredTexts::stored(const nlohmann::json& json) const {
  const auto number = number_in(json);
  return number && *number < texts_.size() ? &texts_[*number] : nullptr;
}

std::optional<Text> StoredTexts::text(const nlohmann::json& json, bool) {
  if (json.is_string()) return Text{json.get<std::string>()};
  if (json.is_null()) return Text{"", 0, true};
  const auto* text = stored(json);
  if (text == nullptr) return std::nullopt;
  return Text{text->value_or(""), 0, !text->has_value()};
}

std::optional<ChangeSet> StoredTexts::change(const nlohmann::json& json) {
  const auto* text = stored(json);
  if (text == nullptr) return std::nullopt;
  if (!*text) return ChangeSet::erased_one();
  return change_from_json_text(**text);
}

std::optional<Text> NumberedTexts::text(const nlohmann::json& json, bool one_line) {
  if (const auto number = number_in(json)) found_.push_back({*number, one_line});
  return Text{"", 0, true};
}

std::optional<ChangeSet> NumberedTexts::change(const nlohmann::json& json) {
  if (const auto number = number_in(json)) found_.push_back({*number, false});
  return ChangeSet::erased_one();
}

}  // namespace rundbord::protocol
