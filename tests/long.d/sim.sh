# shellcheck shell=bash disable=SC2034,SC2154 # read by tests/long
about="simulated runs of the whole house, no promise broken"
amount_usual=1000000
unit=seeds

# Two halves at once, each with its own progress line.
run_figure() {
  local half=$((amount / 2)) first code=0
  build/release/rundbord_sim --seeds "$seed..$((seed + half))" --progress &
  first=$!
  build/release/rundbord_sim --seeds "$((seed + half))..$((seed + amount))" --progress || code=1
  wait "$first" || code=1
  return "$code"
}
