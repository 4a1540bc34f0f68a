#include "source_dir.hpp"

std::filesystem::path source_dir() {
  return RUNDBORD_SOURCE_DIR;
}
