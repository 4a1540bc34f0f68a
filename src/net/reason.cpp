#include "net/reason.hpp"

#include "log/event_log.hpp"

namespace rundbord::net {

std::string reason_of(const std::exception_ptr& thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const log::LogError& error) {
    return error.sentence;
  } catch (const std::exception& error) {
    return error.what();
  } catch (...) {
    return "something unknown was thrown";
  }
}

}  // namespace rundbord::net
