# shellcheck shell=bash disable=SC2034 # read by tests/long
about='ten Chromium pages on bad Wi-Fi, cuts of 1 s to 10 min at up to 20 times the speed (R5, R8)'
amount_usual=10000
unit=cuts

run_figure() {
  have_pages >&2
  WIFI_CUTS=$amount WIFI_SEED=$seed WIFI_CUT_S=600 node tests/e2e/run.mjs wifi
}

have_pages() { install_web && build_web; }
