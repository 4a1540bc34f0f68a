// Where the binary finds what was built or installed with it, and small files of the data folder
// that commands share. Functions without an owner; any thread.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

namespace rundbord::app {

// The client as built: beside the sources the binary was built in, or as installed; empty: nowhere.
std::filesystem::path find_web_folder();
std::filesystem::path find_templates_folder();

std::optional<std::string> read_text_file(const std::filesystem::path& path);

// Where people reach the server of this data folder, as its last start said: `link` prints it.
void remember_url(const std::filesystem::path& folder, const std::string& url);
std::optional<std::string> remembered_url(const std::filesystem::path& folder);

}  // namespace rundbord::app
