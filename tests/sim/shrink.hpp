// Makes a failing plan smaller: fewer misfortunes, people and acts, as long as it fails. Pure.
#pragma once
#include <string>

#include "world.hpp"

namespace rundbord::sim {

std::string describe(const Plan& plan);
Plan shrink(const Plan& plan);

}  // namespace rundbord::sim
