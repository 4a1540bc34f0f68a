#include "protocol/erasure_codec.hpp"

#include "protocol/field_writer.hpp"
#include "protocol/text_sources.hpp"

namespace rundbord::protocol {

std::string encode_erased(const Erased& what) {
  std::string out;
  FieldWriter(out).write(what);
  return out;
}

std::optional<Erased> decode_erased(const std::string& json) {
  const auto parsed = nlohmann::json::parse(json, nullptr, false);
  NumberedTexts no_texts;
  Erased what;
  FieldReader reader(parsed, no_texts);
  if (!reader.read_all(what)) return std::nullopt;
  return what;
}

}  // namespace rundbord::protocol
