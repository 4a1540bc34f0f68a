// The list of what was erased, one line of JSON each, ids and no words: `erasures.jsonl` in the
// data folder and beside backups. A backup made before an erasure still holds the words; restoring
// it erases again what the list names. Any thread; adding is synced to the disk before it returns.
#pragma once
#include <filesystem>
#include <mutex>
#include <optional>
#include <vector>

#include "domain/erased.hpp"
#include "domain/time.hpp"

namespace rundbord::archive {

struct ErasureRecord {
  WorkshopId workshop;
  CommandId command;  // by which a stream says that it knows of this erasure
  Time at;
  std::optional<Erased> what;  // nothing: the whole workshop
};

std::filesystem::path erasure_list_in(const std::filesystem::path& folder);

class ErasureList {
 public:
  explicit ErasureList(std::filesystem::path file) : file_(std::move(file)) {}

  // Empty when there is no such file. A last line cut off by a crash is left out: its erasure had
  // not begun. Throws log::LogError (io_error, damaged).
  std::vector<ErasureRecord> read() const;
  // What is in the list already is not added again. Throws log::LogError.
  void add(const std::vector<ErasureRecord>& records);

 private:
  std::filesystem::path file_;
  std::mutex mutex_;
};

}  // namespace rundbord::archive
