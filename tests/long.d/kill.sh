# shellcheck shell=bash disable=SC2034 # read by tests/long
about="kill -9 under load, each time held against what clients were told (R1)"
amount_usual=1000
unit=kills
run_figure() { build/release/rundbord_crash kill "$amount" "$seed"; }
