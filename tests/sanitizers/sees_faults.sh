# shellcheck shell=bash # read by tests/run and tests/fuzz/run

# sees_faults PROGRAM FAULT…: PROGRAM is sanitizers/planted.cpp as this build makes it. True when it
# is ended, with a sanitizer's report, for each of the faults: a build without its sanitizers, or
# with options that let findings pass, is not one to believe.
sees_faults() {
  local program=$1 seen='(Address|Leak|Thread)Sanitizer|runtime error' fault report code
  shift
  for fault in "$@"; do
    code=0
    report=$("$program" "$fault" 2>&1) || code=$?
    if [ "$code" -eq 0 ] || ! grep -qE "$seen" <<<"$report"; then
      say "the planted fault $fault was not seen (code $code): $report"
      return 1
    fi
    say "the planted fault $fault is seen"
  done
}
