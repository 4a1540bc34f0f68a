# shellcheck shell=bash disable=SC2034,SC2154 # read by tests/long
about='every C++ test under ASan and UBSan, and engine, log and net under TSan (S7)'
amount_usual=100
unit='simulated runs besides'

# With the functions of tests/run; a part of this is `tests/run asan tsan`.
run_figure() {
  (
    . tests/run
    results=$(mktemp -d)
    trap 'rm -r "$results"' EXIT
    # shellcheck disable=SC2086 # lists, split on purpose
    run_sanitized asan $asan_folders $asan_folders_slow
    # shellcheck disable=SC2086
    run_sanitized tsan $tsan_folders
    run_simulated
    summarise
  )
}

run_simulated() {
  step "simulation under ASan"
  if build_targets asan rundbord_sim &&
    ASAN_OPTIONS=$asan_options build/asan/rundbord_sim --seeds "$seed..$((seed + amount))"; then
    count simulation 1 0
  else
    count simulation 0 1
  fi
}
