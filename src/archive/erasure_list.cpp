#include "archive/erasure_list.hpp"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "log/data_folder.hpp"
#include "log/event_log.hpp"
#include "protocol/erasure_codec.hpp"

namespace rundbord::archive {
namespace {

using nlohmann::json;

std::string line_of(const ErasureRecord& record) {
  json line{{"workshop", to_text(record.workshop)},
            {"command", to_text(record.command)},
            {"at", record.at.time_since_epoch().count()}};
  if (record.what) line["what"] = json::parse(protocol::encode_erased(*record.what));
  return line.dump() + '\n';
}

std::string text_at(const json& line, const char* key) {
  const auto found = line.find(key);
  return found != line.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<ErasureRecord> record_of(const std::string& text) {
  const auto line = json::parse(text, nullptr, false);
  if (!line.is_object()) return std::nullopt;
  const auto workshop = id_from_text<WorkshopId>(text_at(line, "workshop"));
  const auto command = id_from_text<CommandId>(text_at(line, "command"));
  if (!workshop || !command) return std::nullopt;
  ErasureRecord record{*workshop, *command, {}, std::nullopt};
  if (line.contains("at") && line["at"].is_number_integer()) {
    record.at = Time{Duration{line["at"].get<std::int64_t>()}};
  }
  if (!line.contains("what")) return record;
  record.what = protocol::decode_erased(line["what"].dump());
  return record.what ? std::optional(record) : std::nullopt;
}

bool is_same(const ErasureRecord& one, const ErasureRecord& other) {
  return one.workshop == other.workshop && one.command == other.command;
}

log::LogError cannot(const std::filesystem::path& file, const std::string& what) {
  return {"io_error", "The list of erasures " + file.string() + " cannot be " + what + "."};
}

// Whole lines only.
std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  auto text = bytes.str();
  text.resize(text.rfind('\n') == std::string::npos ? 0 : text.rfind('\n') + 1);
  return text;
}

}  // namespace

std::filesystem::path erasure_list_in(const std::filesystem::path& folder) {
  return folder / "erasures.jsonl";
}

std::vector<ErasureRecord> ErasureList::read() const {
  std::error_code error;
  if (!std::filesystem::exists(file_, error)) return {};
  std::vector<ErasureRecord> records;
  std::istringstream lines(bytes_of(file_));
  for (std::string line; std::getline(lines, line);) {
    auto record = record_of(line);
    if (!record) {
      throw log::LogError{"damaged", "The list of erasures " + file_.string() + " has a line (" +
                                         std::to_string(records.size() + 1) +
                                         ") that cannot be read."};
    }
    records.push_back(*std::move(record));
  }
  return records;
}

// Written anew beside the old one and put in its place: the list is short, and never half written.
void ErasureList::add(const std::vector<ErasureRecord>& records) {
  const std::lock_guard lock(mutex_);
  auto known = read();
  const auto before = known.size();
  for (const auto& record : records) {
    const bool is_there = std::any_of(known.begin(), known.end(),
                                      [&](const auto& each) { return is_same(each, record); });
    if (!is_there) known.push_back(record);
  }
  if (known.size() == before) return;
  const std::filesystem::path fresh(file_.string() + ".new");
  {
    std::ofstream out(fresh, std::ios::binary | std::ios::trunc);
    for (const auto& record : known) out << line_of(record);
    if (!out.flush()) throw cannot(fresh, "written");
  }
  log::sync_path(fresh);
  std::error_code error;
  std::filesystem::rename(fresh, file_, error);
  if (error) throw cannot(file_, "written");
  log::sync_path(std::filesystem::absolute(file_).parent_path());
}

}  // namespace rundbord::archive
