# shellcheck shell=bash disable=SC2034 # read by tests/long
about='ten browsers on bad Wi-Fi in virtual time: each word saved once, one state (R5, R8)'
amount_usual=10000
unit=cuts

run_figure() {
  install_web >&2
  (cd web && CHAOS_CUTS=$amount CHAOS_SEED=$((seed % 1000000000)) npx --no-install vitest run \
    tests/wifi -t 'nothing lost') 2>&1 | sed -n '/^[0-9]* of /p; /^  [a-z]/p; /^from seed /p'
}
