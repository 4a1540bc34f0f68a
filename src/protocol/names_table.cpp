#include "protocol/names_table.hpp"

#include "protocol/field_writer.hpp"
#include "protocol/text_sources.hpp"

namespace rundbord::protocol {
namespace {

struct NameRowFields {
  std::uint32_t version = 0;
  Text person;
  Text organisation;
  RUNDBORD_FIELDS {
    v("version", self.version);
    v("person", self.person);
    v("organisation", self.organisation);
  }
};

}  // namespace

std::string name_row_key(const WorkshopId& workshop, const SeatId& seat) {
  return to_text(workshop) + '/' + to_text(seat);
}

std::string name_row_value(const NameWrite& name) {
  std::string out;
  const NameRowFields fields{name.version, name.person, name.organisation};
  FieldWriter(out).write(fields);
  return out;
}

bool take_name_row(Names& names, std::string_view key, std::string_view value) {
  const auto slash = key.find('/');
  if (slash == std::string_view::npos) return false;
  const auto seat = id_from_text<SeatId>(key.substr(slash + 1));
  const auto parsed = nlohmann::json::parse(value, nullptr, false);
  if (!seat || parsed.is_discarded()) return false;
  const std::vector<std::optional<std::string>> no_texts;
  StoredTexts texts(no_texts);
  FieldReader reader(parsed, texts);
  NameRowFields fields;
  if (!reader.read_all(fields)) return false;
  names[*seat] = PersonName{fields.version, fields.person, fields.organisation};
  return true;
}

}  // namespace rundbord::protocol
