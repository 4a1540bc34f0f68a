# shellcheck shell=bash disable=SC2034 # read by tests/long
about='2,000 clients reconnect at once, and 2,000 broken ones in a loop beside 500 healthy (R7)'
amount_usual=3
unit=rounds

# Prints figures; whether they are good enough depends on the machine, so only errors fail it.
run_figure() {
  local round
  for round in $(seq "$amount"); do
    printf '%d of %d rounds\n' "$round" "$amount"
    build/release/rundbord_bench storm loop
  done
}
