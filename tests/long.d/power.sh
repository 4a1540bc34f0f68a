# shellcheck shell=bash disable=SC2034 # read by tests/long
about="power cuts on a simulated disk, each followed by an audit of what was acknowledged (R2)"
amount_usual=1000000
unit="power cuts"
run_figure() { build/release/rundbord_crash power "$amount" "$seed"; }
