// A QR code for a terminal, two rows of it in one row of half blocks. Pure, any thread.
#pragma once
#include <string>
#include <string_view>

namespace rundbord::app {

// Dark on light whatever the terminal's colours are; empty when the text is too long for a code.
std::string terminal_qr(std::string_view text);

}  // namespace rundbord::app
