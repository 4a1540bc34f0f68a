// From one data format to the next. From 1.0 on a folder written by an older version is brought
// forward, step by step, and one written by a newer version is left alone. Functions on a
// connection that their caller owns, called while it opens a data folder.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "log/sqlite_connection.hpp"

namespace rundbord::log {

// Migration number n (from 1) makes format 1.n of 1.(n-1), inside a transaction. Once released it
// is never changed and never taken out.
using Migration = std::function<void(Connection&)>;
using Migrations = std::vector<Migration>;
const Migrations& own_migrations();

// "1.2" after two migrations.
std::string format_after(const Migrations& migrations);
// Nothing for a format from before 1.0, or no format at all.
std::optional<std::size_t> migrations_in(std::string_view format);

// Brings the database in `folder` forward in one transaction, after a copy of it was synced beside
// it (`rundbord.sqlite.before-1.2`). Nothing to do: no copy. Throws LogError data_version for a
// newer format or one from before 1.0, and SqliteError; the database is then as it was.
void bring_forward(Connection& connection, const std::filesystem::path& folder,
                   const Migrations& migrations = own_migrations());

}  // namespace rundbord::log
