# Writes OUTPUT: the hash of all that folds commits and packs the state, as state_format of
# state_codec.hpp. Run by the build whenever one of them changes.
file(GLOB sources ${SRC}/domain/*.cpp ${SRC}/domain/*.hpp ${SRC}/protocol/*.cpp
  ${SRC}/protocol/*.hpp ${SRC}/engine/*.cpp ${SRC}/engine/*.hpp)
list(SORT sources)
set(all "")
foreach(source ${sources})
  file(SHA256 ${source} hash)
  string(APPEND all ${hash})
endforeach()
string(SHA256 format "${all}")
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT [[
#include "protocol/state_codec.hpp"

namespace rundbord::protocol {
const std::string_view state_format = "@format@";
}  // namespace rundbord::protocol
]] @ONLY)
