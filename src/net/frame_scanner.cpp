#include "net/frame_scanner.hpp"

#include <algorithm>

namespace rundbord::net {
namespace {

constexpr std::uint8_t fin_bit = 0x80;
constexpr std::uint8_t mask_bit = 0x80;
constexpr std::uint8_t length_bits = 0x7f;
constexpr std::uint8_t control_bit = 0x08;
constexpr std::uint8_t opcode_bits = 0x0f;

}  // namespace

void FrameScanner::take(const std::uint8_t* bytes, std::size_t count) {
  const auto* const end = bytes + count;
  while (bytes != end) {
    if (payload_left_ == 0) {
      if (!unfinished()) ++begun_;
      ++unfinished_bytes_;
      take_header_byte(*bytes++);
      continue;
    }
    const auto taken =
        std::min<std::uint64_t>(payload_left_, static_cast<std::uint64_t>(end - bytes));
    payload_left_ -= taken;
    unfinished_bytes_ += taken;
    bytes += taken;
    if (payload_left_ == 0) end_frame();
  }
}

void FrameScanner::take_header_byte(std::uint8_t byte) {
  header_[header_bytes_++] = byte;
  if (header_bytes_ < 2 || header_bytes_ < header_length()) return;
  begin_frame();
  header_bytes_ = 0;
  if (payload_left_ == 0) end_frame();
}

std::size_t FrameScanner::header_length() const {
  const auto length = header_[1] & length_bits;
  const std::size_t more = length == 126 ? 2 : length == 127 ? 8 : 0;
  return 2 + more + ((header_[1] & mask_bit) != 0 ? 4 : 0);
}

void FrameScanner::begin_frame() {
  payload_left_ = header_[1] & length_bits;
  const std::size_t more = payload_left_ == 126 ? 2 : payload_left_ == 127 ? 8 : 0;
  if (more > 0) payload_left_ = 0;
  for (std::size_t i = 0; i < more; ++i) payload_left_ = payload_left_ << 8 | header_[2 + i];
  ++frames_;
  if ((header_[0] & opcode_bits & control_bit) != 0) return;
  fragments_ = in_message_ ? fragments_ + 1 : 1;
  in_message_ = true;
}

void FrameScanner::end_frame() {
  const bool control = (header_[0] & opcode_bits & control_bit) != 0;
  const bool whole = (header_[0] & fin_bit) != 0;
  if (!control && whole) in_message_ = false;
  if (!in_message_) unfinished_bytes_ = 0;
}

}  // namespace rundbord::net
