# shellcheck shell=bash disable=SC2034 # read by tests/long
about="a restart under writing clients: at most 2 s from the last ok to the next (R6)"
amount_usual=500
unit=clients
run_figure() { build/release/rundbord_crash deploy "$amount" "$seed"; }
