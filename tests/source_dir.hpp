// Where the checkout lies, for the tests that read files of it. Constant; any thread.
#pragma once
#include <filesystem>

std::filesystem::path source_dir();
