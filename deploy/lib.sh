# shellcheck shell=bash disable=SC2086,SC2046 # package names are split on purpose
# Functions that deploy/up and tests/run share: packages, the server's build, the web build.
# Sourced by bash with `set -euo pipefail` and the checkout's top as working directory.

log_dir=build/log
stamp_dir=build/stamp
absent_file=$stamp_dir/packages-absent
node_major_min=18

say() { printf '%s\n' "$*"; }
step() { printf '\n== %s\n' "$*"; }
fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "packages are missing and neither root nor sudo is at hand. As root, run: $*"
  fi
}

# ---- packages -------------------------------------------------------------------------------

# install_packages FILE…: installs what is missing; asks nothing of the network when nothing is.
install_packages() {
  step "Packages"
  command -v dpkg-query >/dev/null ||
    fail "this script installs Debian and Ubuntu packages. Elsewhere, install what stands in $*"
  local wanted missing
  wanted=$(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$@")
  missing=$(missing_of $wanted)
  if [ -n "$missing" ]; then
    mkdir -p "$log_dir"
    : >"$log_dir/apt.log"
    run_apt "package lists" update
    note_absent $missing
    missing=$(chosen_of $missing)
    [ -z "$missing" ] || run_apt "packages" install --no-install-recommends $missing
  fi
  say "all here"
}

# Prints those of the entries of which no alternative is installed.
missing_of() {
  local entry
  for entry in "$@"; do
    case $entry in
      nodejs | npm) have_node && continue ;;
      \?*) grep -qxF "$entry" "$absent_file" 2>/dev/null && continue ;;
    esac
    any_installed "${entry#\?}" || printf '%s\n' "$entry"
  done
}

have_node() {
  command -v node >/dev/null && command -v npm >/dev/null &&
    [ "$(node -p 'parseInt(process.versions.node)')" -ge "$node_major_min" ]
}

any_installed() {
  local name
  for name in ${1//|/ }; do
    case $(dpkg-query -W -f='${db:Status-Abbrev}' "$name" 2>/dev/null) in
      ii*) return 0 ;;
    esac
  done
  return 1
}

# Remembers the optional entries the archive lacks, so that a second run need not ask it again.
note_absent() {
  local entry
  mkdir -p "$stamp_dir"
  for entry in "$@"; do
    case $entry in
      \?*) [ -n "$(chosen_of "$entry")" ] || printf '%s\n' "$entry" >>"$absent_file" ;;
    esac
  done
}

# Prints for each entry the first alternative the archive has.
chosen_of() {
  local entry name chosen
  for entry in "$@"; do
    chosen=
    for name in $(printf '%s' "${entry#\?}" | tr '|' ' '); do
      if in_archive "$name"; then
        chosen=$name
        break
      fi
    done
    if [ -n "$chosen" ]; then
      printf '%s\n' "$chosen"
    elif [ "${entry#\?}" = "$entry" ]; then
      fail "the package archive of this machine has no $entry; Debian 12, 13 or Ubuntu 24.04 do"
    fi
  done
}

in_archive() {
  case $(apt-cache policy "$1" 2>/dev/null) in
    *'Candidate: ('* | '') return 1 ;;
  esac
}

# run_apt WHAT ARG…: apt-get with one line of progress instead of a thousand; all of it in the log.
run_apt() {
  local what=$1
  shift
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o APT::Status-Fd=1 \
    -o DPkg::Lock::Timeout=600 "$@" </dev/null 2>&1 | apt_progress "$what" && return
  tail -n 20 "$log_dir/apt.log" >&2
  fail "apt-get $1 failed; the whole of it is in $log_dir/apt.log"
}

# Turns apt's status lines (kind:package:percent:text) into progress, the rest goes to the log.
apt_progress() {
  local terminal=0
  [ -t 1 ] && terminal=1
  awk -F: -v what="$1" -v log_file="$log_dir/apt.log" -v terminal="$terminal" '
    function show(part, percent) {
      if (terminal) { printf "\r%s: %s %3d %%   ", what, part, percent; shown = 1 }
      else if (part != last || percent >= next_percent) {
        printf "%s: %s %d %%\n", what, part, percent
        next_percent = int(percent / 20) * 20 + 20
        last = part
      }
      fflush()
    }
    /^dlstatus:/ { show("fetching", $3); next }
    /^pmstatus:/ { show("installing", $3); next }
    { print >> log_file; fflush(log_file) }
    END { if (shown) printf "\n" }'
}

# ---- builds; they return false when they fail, also where `set -e` is off -------------------

# build_server PRESET CMAKE_ARG…: leaves build/release/rundbord; cmake and ninja show the progress.
build_server() {
  local preset=$1
  shift
  step "Server (C++)"
  # Another checkout of the same files finds what this one compiled.
  export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
  cmake --preset "$preset" --log-level=WARNING "$@" || return
  NINJA_STATUS='[%f/%t, %e s] ' cmake --build --preset "$preset"
}

# build_targets PRESET TARGET…: only these, with all they need; CMAKE_ARGS may say more to cmake.
build_targets() {
  local preset=$1
  shift
  step "Build for $preset: $*"
  export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
  cmake --preset "$preset" --log-level=WARNING ${CMAKE_ARGS:-} || return
  NINJA_STATUS='[%f/%t, %e s] ' cmake --build --preset "$preset" --target "$@"
}

# Installs web/node_modules when the lock file or node changed since the last time.
install_web() {
  step "Web packages"
  local key
  key=$(node --version; sha256sum web/package-lock.json)
  if stamped web-packages "$key" && [ -d web/node_modules ]; then
    say "all here"
    return
  fi
  (cd web && npm ci --ignore-scripts --no-audit --no-fund) || return
  stamp web-packages "$key"
}

# Builds web/dist, from installed packages, when a source changed since the last time.
build_web() {
  step "Web pages"
  local key
  key=$(web_sources_sum)
  if stamped web-dist "$key" && [ -d web/dist ]; then
    say "unchanged"
    return
  fi
  (cd web && npm run build) || return
  stamp web-dist "$key"
}

web_sources_sum() {
  find web templates -type f -not -path '*/node_modules/*' -not -path 'web/dist/*' -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum
}

stamped() { [ "$(cat "$stamp_dir/$1" 2>/dev/null)" = "$2" ]; }
stamp() {
  mkdir -p "$stamp_dir"
  printf '%s\n' "$2" >"$stamp_dir/$1"
}
