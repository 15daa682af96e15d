#!/usr/bin/env bash
# Sourced by scripts/run and scripts/test: what a bare machine needs, installed once.

# What PyQt6 needs from the system on X11, and a font to write with.
# shellcheck disable=SC2034  # used by the scripts that source this
qt_packages=(
  libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 libglib2.0-0
  libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
  libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1 fonts-inter fonts-dejavu-core
)

say() { printf '%s\n' "$*" >&2; }

# A Python of at least 3.11, the first that is found.
find_python() {
  local candidate
  for candidate in "${PYTHON:-}" python3.11 python3.12 python3.13 python3 python; do
    [ -n "$candidate" ] || continue
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  say "Python 3.11 or newer is needed: install it (Debian: apt-get install python3), then try again."
  return 1
}

# Installs the named Debian packages that are missing, where apt and the rights for it are there.
# Other systems bring these libraries with their desktop; nothing is done there.
ensure_packages() {
  command -v dpkg-query >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1 || return 0
  local package missing=() as_root=()
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
      missing+=("$package")
  done
  [ "${#missing[@]}" -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    if sudo -n true 2>/dev/null; then
      as_root=(sudo -n)
    else
      say "System libraries are missing: run \`sudo apt-get install ${missing[*]}\`, then try again."
      return 1
    fi
  fi
  say "Installing system libraries: ${missing[*]}"
  if ! "${as_root[@]}" apt-get update -qq || ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; then
    say "apt could not install ${missing[*]}: its own message is above; mend that, then try again."
    return 1
  fi
}

# The virtual environment in .venv with the named extras, made anew only when
# what it should hold has changed. Leaves the path of its Python in $venv_python.
ensure_environment() {
  local extras=$1 python wanted stamp
  venv_python=$PWD/.venv/bin/python
  stamp=.venv/.choreai-$(printf '%s' "$extras" | tr ',' '-')
  wanted=$(cat pyproject.toml setup.cfg scripts/constraints.txt | cksum)
  if [ -x "$venv_python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
    return 0
  fi
  python=$(find_python) || return 1
  if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    ensure_packages "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" ||
      return 1
  fi
  say "Setting up .venv with choreai-live[$extras]; this is done once."
  # One that was cut off half way, or whose Python is gone, is made anew.
  "$venv_python" -m pip --version >/dev/null 2>&1 ||
    "$python" -m venv --clear .venv || return 1
  # setuptools warns at length about editable installs; errors still come through.
  PYTHONWARNINGS=ignore "$venv_python" -m pip install --quiet --disable-pip-version-check \
    --constraint scripts/constraints.txt --editable ".[$extras]" || {
    say "pip could not install choreai-live[$extras]: its own message is above; mend that, then try again."
    return 1
  }
  printf '%s' "$wanted" >"$stamp"
}
