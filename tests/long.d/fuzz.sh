# shellcheck shell=bash disable=SC2034,SC2154 # read by tests/long
about='inputs to all that parses, under ASan and UBSan; first that planted faults are found (S7)'
amount_usual=1000000000
unit=executions

run_figure() {
  tests/fuzz/run --planted --seed "$seed" && tests/fuzz/run --executions "$amount" --seed "$seed"
}
