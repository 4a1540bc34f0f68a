// What events of texts and sign-off do to the state.
#include <algorithm>

#include "domain/applies.hpp"

namespace rundbord {
namespace {

void take_out(std::vector<SignOff>& sign_offs, const SeatId& seat, std::optional<int> task) {
  sign_offs.erase(
      std::remove_if(sign_offs.begin(), sign_offs.end(),
                     [&](const SignOff& each) { return each.seat == seat && each.task == task; }),
      sign_offs.end());
}

}  // namespace

void apply(Workshop& workshop, const TextChanged& event, Time) {
  auto& text = workshop.rooms.at(event.room).texts[event.place];
  text.apply(event.version, event.writer, event.counter, event.change);
}

void apply(Workshop& workshop, const SignedOff& event, Time) {
  auto& sign_offs = workshop.rooms.at(event.room).sign_offs;
  take_out(sign_offs, event.sign_off.seat, event.sign_off.task);
  sign_offs.push_back(event.sign_off);
}

void apply(Workshop& workshop, const SignOffWithdrawn& event, Time) {
  take_out(workshop.rooms.at(event.room).sign_offs, event.seat, event.task);
}

}  // namespace rundbord
