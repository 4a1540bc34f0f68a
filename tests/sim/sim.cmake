# The simulation: tests/sim.
file(GLOB sim_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.cpp)
add_library(rundbord_simulated OBJECT ${sim_sources})
target_include_directories(rundbord_simulated PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/sim
  ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(rundbord_simulated PUBLIC small_workshop rundbord_net rundbord_archive ${JSON}
  CLI11::CLI11 spdlog::spdlog)
# Optimised, unlike other tests: ten thousand runs have to fit into a minute.
target_compile_options(rundbord_simulated PRIVATE $<$<CONFIG:Release>:-O1;-g0>)
# As one file: reading the headers again for each would take most of the time.
set_target_properties(rundbord_simulated PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0)
add_executable(rundbord_sim sim/mutants/none.cpp)
target_link_libraries(rundbord_sim PRIVATE rundbord_simulated)
set_target_properties(rundbord_sim PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})

# The same with deliberate mistakes: copies of the sources that have some, each behind a switch.
# Their symbols come before those of the libraries, which then are not taken from there: in the
# libraries these are compiled one by one.
add_executable(rundbord_mutate sim/mutants/generate.cpp)
set(mutated ${CMAKE_BINARY_DIR}/mutated)
file(STRINGS sim/mutants/list.hpp mutated_files REGEX "^    Mutant{")
list(TRANSFORM mutated_files REPLACE "^    Mutant{\"[a-z_]+\", \"([a-z_/]+\\.cpp)\".*" "\\1")
list(REMOVE_DUPLICATES mutated_files)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS sim/mutants/list.hpp)
list(TRANSFORM mutated_files PREPEND ${CMAKE_SOURCE_DIR}/src/ OUTPUT_VARIABLE mutated_from)
set_source_files_properties(${mutated_from} DIRECTORY ${CMAKE_SOURCE_DIR}/src
  PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
list(TRANSFORM mutated_files PREPEND ${mutated}/)
add_custom_command(OUTPUT ${mutated_files}
  COMMAND rundbord_mutate ${CMAKE_SOURCE_DIR}/src ${mutated}
  DEPENDS ${mutated_from} sim/mutants/list.hpp)
add_executable(rundbord_sim_mutants sim/mutants/all.cpp ${mutated_files})
target_link_libraries(rundbord_sim_mutants PRIVATE rundbord_simulated)
# Quick to build: their speed is nobody's concern.
target_compile_options(rundbord_sim_mutants PRIVATE $<$<CONFIG:Release>:-O1;-g0>)
target_include_directories(rundbord_sim_mutants PRIVATE ${CMAKE_SOURCE_DIR}/src)
set_target_properties(rundbord_sim_mutants PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0
  RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})

function(rundbord_sim_test name)
  add_test(NAME "sim: ${name}" COMMAND ${ARGN})
  set_tests_properties("sim: ${name}" PROPERTIES LABELS sim)
endfunction()
# In halves, so that two cores have each their share.
rundbord_sim_test("seeds 0 to 4999" rundbord_sim --seeds 0..5000)
rundbord_sim_test("seeds 5000 to 9999" rundbord_sim --seeds 5000..10000)
rundbord_sim_test("seeds from a drawn one on" rundbord_sim --fresh 500)
rundbord_sim_test("a seed tells the same story twice" rundbord_sim --repeats 200)
rundbord_sim_test("seeds that once failed" rundbord_sim --pinned)
rundbord_sim_test("every mutant is found, first half" rundbord_sim_mutants --mutants 0/2)
rundbord_sim_test("every mutant is found, second half" rundbord_sim_mutants --mutants 1/2)
