# Shared by the scripts of bin/: what a fresh Debian 12 machine lacks is installed by name, once.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-never}

# A target folder kept between runs saves most of the time; without one, cargo's own.
if [ -z "${CARGO_TARGET_DIR:-}" ] && [ -d "$root/../target" ] && [ -w "$root/../target" ]; then
  CARGO_TARGET_DIR=$(cd "$root/../target" && pwd)/hoso
  export CARGO_TARGET_DIR
fi
target=${CARGO_TARGET_DIR:-$root/target}

say() { printf '\n== %s\n' "$*"; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# need COMMAND PACKAGE...: installs the packages when the command is missing.
need() {
  local command=$1; shift
  command -v "$command" >/dev/null 2>&1 && return 0
  need_packages "$@"
}

need_packages() {
  local missing=()
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return 0
  say "installing ${missing[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# A compiler for the C among the dependencies, and the certificates that cargo and npm trust.
need_build_tools() { need cc build-essential; need pkg-config pkg-config; need_packages ca-certificates; }
