#include "app/qr.hpp"

#include <qrencode.h>

#include <memory>

namespace rundbord::app {
namespace {

struct Free {
  void operator()(QRcode* code) const { QRcode_free(code); }
};
using Code = std::unique_ptr<QRcode, Free>;

// ISO/IEC 18004 asks for four; two are read by every phone we tried and fit a terminal of 80x24.
constexpr int quiet = 2;

bool is_dark(const QRcode& code, int x, int y) {
  const bool inside = x >= 0 && y >= 0 && x < code.width && y < code.width;
  return inside && (code.data[y * code.width + x] & 1) != 0;
}

const char* half_blocks(bool upper, bool lower) {
  if (upper) return lower ? "█" : "▀";
  return lower ? "▄" : " ";
}

}  // namespace

std::string terminal_qr(std::string_view text) {
  const std::string words(text);
  const Code code(QRcode_encodeString8bit(words.c_str(), 0, QR_ECLEVEL_L));
  if (!code) return {};
  std::string lines;
  for (int y = -quiet; y < code->width + quiet; y += 2) {
    lines += "\x1b[30;107m";  // black on bright white
    for (int x = -quiet; x < code->width + quiet; ++x) {
      lines += half_blocks(is_dark(*code, x, y), is_dark(*code, x, y + 1));
    }
    lines += "\x1b[0m\n";
  }
  return lines;
}

}  // namespace rundbord::app
