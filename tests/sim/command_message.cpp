#include "command_message.hpp"

#include "protocol/field_writer.hpp"

namespace rundbord::sim {

std::string command_message(const CommandId& id, const Wish& wish, const std::string& author_key) {
  std::string out;
  protocol::FieldWriter writer(out);
  writer.open();
  writer("type", std::string("command"));
  writer("id", id);
  writer("seat", wish.seat);
  if (!author_key.empty()) writer("author_key", author_key);
  std::visit([&](const auto& command) { writer("name", command.name); }, wish.command);
  writer.member("fields");
  writer.open();
  std::visit([&](const auto& command) { command.fields(command, writer); }, wish.command);
  writer.close();
  writer.close();
  return out;
}

}  // namespace rundbord::sim
