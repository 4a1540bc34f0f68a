# shellcheck shell=bash disable=SC2034 # read by tests/long
about="a disk that becomes full under writing clients: at most 2 s from room to the next ok (R4)"
amount_usual=20
unit="times full"
run_figure() { build/release/rundbord_crash full "$amount" "$seed"; }
