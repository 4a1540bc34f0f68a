// What a process left in the write-ahead log when it did not end properly is put on the disk before
// anybody builds on it. A function of whoever opens the database for writing; any thread.
#pragma once
#include <filesystem>

#include "log/data_folder.hpp"

namespace rundbord::log {

// Nothing to do when there is no write-ahead log. Otherwise it is copied into a new file, which is
// synced and takes its name: of what was acknowledged nothing is lost wherever the power goes.
// To be called when this process has the database not open. Throws SqliteError, and LogError
// data_in_use when another one has.
void renew_write_ahead_log(const std::filesystem::path& database, const FolderCalls& folder);

}  // namespace rundbord::log
