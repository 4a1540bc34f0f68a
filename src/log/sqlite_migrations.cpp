#include "log/sqlite_migrations.hpp"

#include <charconv>
#include <system_error>

#include "log/data_folder.hpp"
#include "log/event_log.hpp"
#include "log/sqlite_schema.hpp"

namespace rundbord::log {
namespace {

constexpr std::string_view generation = "1.";

// Kept by the operator until they are sure; a second start finds it made already.
void keep_copy(Connection& connection, const std::filesystem::path& folder,
               const std::string& next_format) {
  const auto copy = database_file(folder).string() + ".before-" + next_format;
  std::error_code error;
  std::filesystem::remove(copy, error);  // of an attempt that was interrupted
  Statement(connection, "VACUUM INTO ?1").bind_text(1, copy).run();
  sync_path(copy);
  sync_path(folder);
}

}  // namespace

// None yet: 1.0 is the first format that is kept.
const Migrations& own_migrations() {
  static const Migrations migrations;
  return migrations;
}

std::string format_after(const Migrations& migrations) {
  return std::string(generation) + std::to_string(migrations.size());
}

std::optional<std::size_t> migrations_in(std::string_view format) {
  if (format.substr(0, generation.size()) != generation) return std::nullopt;
  format.remove_prefix(generation.size());
  std::size_t number = 0;
  const auto* end = format.data() + format.size();
  const auto [rest, error] = std::from_chars(format.data(), end, number);
  if (error != std::errc{} || rest != end) return std::nullopt;
  return number;
}

void bring_forward(Connection& connection, const std::filesystem::path& folder,
                   const Migrations& migrations) {
  const auto found = format_of(connection);
  const auto own = format_after(migrations);
  if (found == own) return;
  const auto done = migrations_in(found);
  if (!done || *done > migrations.size()) throw unfit_format(found, own);
  keep_copy(connection, folder, own);
  connection.run("BEGIN IMMEDIATE");
  try {
    for (auto next = *done; next < migrations.size(); ++next) migrations[next](connection);
    set_format(connection, own);
    connection.run("COMMIT");
  } catch (...) {
    connection.roll_back();
    throw;
  }
}

}  // namespace rundbord::log
