// Why something was thrown, for the log; never holds what people wrote. Pure: any thread.
#pragma once
#include <exception>
#include <string>

namespace rundbord::net {

std::string reason_of(const std::exception_ptr& thrown);

}  // namespace rundbord::net
