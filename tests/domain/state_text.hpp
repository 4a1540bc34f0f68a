// Values of the domain as readable text, so that tests can compare whole events and whole
// workshops and print what differs. For tests only.
#pragma once
#include <string>
#include <vector>

#include "domain/events_text.hpp"
#include "domain/workshop.hpp"

namespace rundbord::testing {

std::string text_of(const Event& event);
std::string text_of(const std::vector<Event>& events);  // a line each
std::string text_of(const Workshop& workshop);

}  // namespace rundbord::testing
