// Changes what a database holds with SQLite itself, as somebody would who wants to go unseen.
#pragma once
#include <filesystem>
#include <string>

namespace rundbord::crash {

// The middle byte of the first such value; its length and type stay. Throws std::runtime_error when
// there is none.
void change_one_byte(const std::filesystem::path& database, const std::string& table,
                     const std::string& column, const std::string& where);

}  // namespace rundbord::crash
