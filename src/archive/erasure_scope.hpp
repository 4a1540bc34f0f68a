// Which stored texts an order to erase reaches. Inside archive/ only. Pure.
#pragma once
#include <map>
#include <vector>

#include "archive/erasure_list.hpp"
#include "log/event_log.hpp"
#include "protocol/log_codec.hpp"

namespace rundbord::archive {

struct Order {
  std::uint64_t seq = 0;  // it reaches what was written before
  int erasure = 0;
  ErasureRecord record;
};

// Gathers the orders of a stream, commit by commit in its order, and what was written by and of the
// people they name; then tells of each commit which of its texts are to go.
class ErasureScope {
 public:
  void learn(const protocol::WordlessCommit& commit);
  std::vector<log::TextAt> texts_to_erase(const protocol::WordlessCommit& commit) const;
  const std::vector<Order>& orders() const { return orders_; }

 private:
  struct Reach;

  std::vector<Order> orders_;
  std::map<NoteId, SeatId> authors_;
};

}  // namespace rundbord::archive
