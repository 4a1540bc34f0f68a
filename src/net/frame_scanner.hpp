// Follows the frames of RFC 6455 through a client's bytes as they come, so that frames, fragments
// and unfinished messages can be limited: the WebSocket library tells only of whole messages. Does
// not judge: what is malformed, the library fails. Owned by a socket; one thread.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

namespace rundbord::net {

class FrameScanner {
 public:
  void take(const std::uint8_t* bytes, std::size_t count);

  // Frames whose header was whole, since the beginning.
  std::uint64_t frames() const { return frames_; }
  // How often something was begun when nothing was unfinished; a control frame between the
  // fragments of a message begins nothing.
  std::uint64_t begun() const { return begun_; }
  // Something was begun and is not whole: a header, a frame, or a message in fragments.
  bool unfinished() const { return header_bytes_ > 0 || payload_left_ > 0 || in_message_; }
  // Bytes that came of what is unfinished, headers included.
  std::uint64_t unfinished_bytes() const { return unfinished_bytes_; }
  // Frames of the message under way, or of the last one.
  std::size_t fragments() const { return fragments_; }

 private:
  void take_header_byte(std::uint8_t byte);
  std::size_t header_length() const;
  void begin_frame();
  void end_frame();

  std::array<std::uint8_t, 14> header_{};  // the longest: 2, 8 of length, 4 of mask
  std::size_t header_bytes_ = 0;
  std::uint64_t payload_left_ = 0;
  std::uint64_t frames_ = 0;
  std::uint64_t begun_ = 0;
  std::uint64_t unfinished_bytes_ = 0;
  std::size_t fragments_ = 0;
  bool in_message_ = false;
};

}  // namespace rundbord::net
