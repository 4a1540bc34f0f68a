// Backup of a data folder into one file, and back into a folder. Functions without an owner; any
// thread, any process, backup also beside a running server.
#pragma once
#include <filesystem>
#include <functional>

namespace rundbord::log {

// A copy of one moment; it reaches the disk before `file` appears under its name. Throws LogError:
// data_missing, data_version, data_exists when `file` is there, disk_full, io_error, damaged.
void backup_sqlite(const std::filesystem::path& folder, const std::filesystem::path& file);

// Makes the folder's database from a backup that verifies, with a new history: clients must take a
// snapshot.
// Throws LogError: data_missing, data_version or damaged for the file; data_exists when the folder
// holds data, data_in_use, disk_full, io_error.
// `finish` gets the folder in which the copy is made, before the data folder has any data: what it
// does with the log there has been done when anybody first sees the data, or nothing has.
void restore_sqlite(const std::filesystem::path& file, const std::filesystem::path& folder,
                    const std::function<void(const std::filesystem::path&)>& finish = {});

}  // namespace rundbord::log
