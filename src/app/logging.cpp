#include "app/logging.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace rundbord::app {

void log_to_standard_error() {
  spdlog::set_default_logger(spdlog::stderr_logger_mt("rundbord"));
}

}  // namespace rundbord::app
