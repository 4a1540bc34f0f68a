// What events of messages do to the state.
#include "domain/applies.hpp"

namespace rundbord {

void apply(Workshop& workshop, const MessageSent& event, Time at) {
  workshop.messages.push_back({event.message, event.text, event.rooms, at, {}});
}

void apply(Workshop& workshop, const MessageConfirmed& event, Time) {
  for (auto& message : workshop.messages) {
    if (message.id == event.message) message.confirmed.insert(event.seat);
  }
}

}  // namespace rundbord
