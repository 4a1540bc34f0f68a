// Prints src/protocol/asyncapi.yaml from the field lists.
#include <iostream>

#include "protocol/describe.hpp"

int main() {
  std::cout << rundbord::protocol::describe_asyncapi();
}
