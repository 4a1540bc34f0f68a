#include "protocol/template_json.hpp"

#include "protocol/field_writer.hpp"

namespace rundbord::protocol {

std::string template_json(const Template& made) {
  std::string json;
  FieldWriter(json).write(made);
  return json;
}

}  // namespace rundbord::protocol
