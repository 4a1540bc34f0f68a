// Where the server's own log goes. Called once, before the server starts.
#pragma once

namespace rundbord::app {

// Standard output is for the lines that scripts read.
void log_to_standard_error();

}  // namespace rundbord::app
