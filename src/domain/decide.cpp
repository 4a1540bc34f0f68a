#include "domain/decide.hpp"

#include "domain/permission.hpp"
#include "domain/rules.hpp"

namespace rundbord {

Decision decide(const Workshop& head, const Command& command, const Context& context) {
  if (head.seq == 0 && !std::holds_alternative<CreateWorkshop>(command)) {
    return refused(RejectionCode::unknown_workshop);
  }
  if (const auto code = refusal(head, command, context.actor)) return refused(*code);
  return std::visit([&](const auto& asked) { return rule(head, asked, context); }, command);
}

}  // namespace rundbord
