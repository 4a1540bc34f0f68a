// Values as they lie in columns: workshop ids and hashes. Pure, any thread.
#pragma once
#include <string>
#include <string_view>

#include "log/chain.hpp"
#include "log/sqlite_connection.hpp"

namespace rundbord::log {

std::string_view bytes_of(const WorkshopId& workshop);
// Bytes from a column. All throw SqliteError, as damage, for any other length.
WorkshopId workshop_from(std::string_view bytes);
Hash hash_from(std::string_view bytes);
Salt salt_from(std::string_view bytes);
// The database does not hold what was written, though SQLite could read it.
SqliteError damage(const std::string& what);

}  // namespace rundbord::log
