#include "protocol/state_codec.hpp"

#include "protocol/byte_reader.hpp"
#include "protocol/byte_writer.hpp"

namespace rundbord::protocol {

std::string pack_state(const Workshop& workshop, const Trail& trail) {
  std::string bytes;
  ByteWriter writer(bytes);
  writer.write(workshop);
  writer.write(trail);
  return bytes;
}

std::optional<PackedState> unpack_state(std::string_view bytes) {
  PackedState state;
  ByteReader reader(bytes);
  reader.read(state.workshop);
  reader.read(state.trail);
  if (!reader.finished()) return std::nullopt;
  return state;
}

}  // namespace rundbord::protocol
