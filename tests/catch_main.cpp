// Catch2 2.x has no ready-made main; with 3.x this file is not compiled.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
