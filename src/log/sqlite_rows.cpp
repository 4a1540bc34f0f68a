#include "log/sqlite_rows.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <string>

namespace rundbord::log {
namespace {

template <class Bytes>
Bytes fixed(std::string_view found, const std::string& what) {
  Bytes bytes;
  if (found.size() != bytes.size()) throw damage(what + " has the wrong length");
  std::copy(found.begin(), found.end(), bytes.begin());
  return bytes;
}

}  // namespace

std::string_view bytes_of(const WorkshopId& workshop) {
  return {reinterpret_cast<const char*>(workshop.bytes.data()), workshop.bytes.size()};
}

WorkshopId workshop_from(std::string_view bytes) {
  return {fixed<decltype(WorkshopId::bytes)>(bytes, "a workshop id")};
}

Hash hash_from(std::string_view bytes) {
  return fixed<Hash>(bytes, "a chain value");
}

Salt salt_from(std::string_view bytes) {
  return fixed<Salt>(bytes, "a salt");
}

SqliteError damage(const std::string& what) {
  return {SQLITE_CORRUPT, 0, what};
}

}  // namespace rundbord::log
