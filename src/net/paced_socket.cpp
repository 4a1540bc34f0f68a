#include "net/paced_socket.hpp"

namespace rundbord::net {
namespace {

// Slower than this is no line of today; what is large gets the time it takes at this speed.
constexpr std::uint64_t slow_bytes_per_second = 16 * 1024;

Duration time_for(std::uint64_t bytes) {
  return Duration(static_cast<Duration::rep>(bytes * 1000 / slow_bytes_per_second));
}

}  // namespace

PacedSocket::PacedSocket(next_layer_type socket, const ServerLimits& limits, Loop& loop)
    : socket_(std::move(socket)),
      limits_(limits),
      loop_(loop),
      pause_(socket_.get_executor()),
      budget_({limits.frames_at_once_max, limits.frames_per_second_max}, loop.now()),
      heard_at_(loop.now()),
      unfinished_since_(loop.now()) {}

void PacedSocket::account(std::size_t bytes) {
  const auto now = loop_.now();
  heard_at_ = now;
  const auto frames = scanner_.frames() - std::exchange(frames_paid_, scanner_.frames());
  budget_.take(static_cast<double>(frames) + cost_of(bytes), now);
  if (std::exchange(begun_, scanner_.begun()) != scanner_.begun()) unfinished_since_ = now;
  if (scanner_.fragments() > limits_.fragments_max && too_many_fragments_) {
    std::exchange(too_many_fragments_, nullptr)();
  }
}

bool PacedSocket::overdue(Time now, bool expects_silence) {
  const auto soon = now + limits_.sweep_every;
  // A clock set back must not give anybody a longer time than they had.
  heard_at_ = std::min(heard_at_, now);
  unfinished_since_ = std::min(unfinished_since_, now);
  if (sending_since_) sending_since_ = std::min(*sending_since_, now);
  if (ends_at_ && soon > *ends_at_) return true;
  if (sending_since_ && soon > *sending_since_ + limits_.progress_max) return true;
  if (expects_silence) return false;
  if (soon > heard_at_ + limits_.idle_max) return true;
  const auto whole_by =
      unfinished_since_ + limits_.progress_max + time_for(scanner_.unfinished_bytes());
  return scanner_.unfinished() && soon > whole_by;
}

void PacedSocket::begin_ending() {
  ends_within(limits_.handshake_max);
  Error ignored;
  socket_.shutdown(next_layer_type::shutdown_send, ignored);
}

void PacedSocket::close() {
  Error ignored;
  socket_.close(ignored);
  pause_.cancel();
}

}  // namespace rundbord::net
