#!/usr/bin/env bash
# Runs the quick tests with each other version of Python that pyproject.toml names and this machine
# has, and with the oldest libraries that the package allows. Prints one line for each.
#
#     scripts/test_other_versions.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
failed=0

# run_tests NAME PYTHON ARGUMENTS-OF-PIP...
run_tests() {
  local name="$1" python="$2" log="$work/log"
  shift 2
  if "$python" -m venv --clear "$work/venv" >"$log" 2>&1 &&
    "$work/venv/bin/pip" install -q "$@" >>"$log" 2>&1 &&
    "$work/venv/bin/pytest" -m "not slow and not checkout" -p no:cacheprovider >>"$log" 2>&1; then
    echo "$name: $(tail -1 "$log")"
  else
    echo "$name: failed"
    tail -60 "$log"
    failed=1
  fi
}

# find_python VERSION: prints a command that is this version, if there is one
find_python() {
  local command
  for command in "python$1" "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$1".*/bin/python; do
    if [ "$("$command" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = "$1" ]; then
      echo "$command"
      return
    fi
  done
}

current="$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
for version in $(sed -n 's/.*Python :: \(3\.[0-9]*\)".*/\1/p' pyproject.toml); do
  [ "$version" != "$current" ] || continue
  python="$(find_python "$version")"
  if [ -n "$python" ]; then
    run_tests "Python $version" "$python" -e '.[dev]'
  else
    echo "Python $version: not on this machine"
  fi
done
python3 scripts/lowest_versions.py >"$work/lowest.txt"
run_tests "the oldest libraries" python3 -e . -r "$work/lowest.txt"
exit "$failed"
