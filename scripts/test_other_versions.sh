#!/usr/bin/env bash
# Runs the quick tests, or those of them in the files named, with each other version of Python that
# pyproject.toml names and this machine has, and with the oldest libraries that the package allows.
# Prints one line for each.
#
#     scripts/test_other_versions.sh [TEST_FILE...]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export work test_files="$*"

# run_tests NAME PYTHON ARGUMENTS-OF-PIP...
run_tests() {
  local name="$1" python="$2" folder
  folder="$(mktemp -d -p "$work")"
  shift 2
  # shellcheck disable=SC2086 # each word is a file
  if {
    "$python" -m venv "$folder" &&
      "$folder/bin/pip" install -q --no-compile "$@" &&
      "$folder/bin/pytest" -m "not slow and not checkout" -p no:cacheprovider $test_files
  } >"$folder/log" 2>&1; then
    echo "$name: $(tail -1 "$folder/log")"
  else
    printf '%s: failed\n%s\n' "$name" "$(tail -60 "$folder/log")"
    return 1
  fi
}
export -f run_tests

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

python3 scripts/lowest_versions.py >"$work/lowest.txt"
runs=("'the oldest libraries' python3 -e . -r $work/lowest.txt")
missing=()
current="$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
for version in $(sed -n 's/.*Python :: \(3\.[0-9]*\)".*/\1/p' pyproject.toml); do
  [ "$version" != "$current" ] || continue
  python="$(find_python "$version")"
  if [ -n "$python" ]; then
    runs+=("'Python $version' $python -e .[dev]")
  else
    missing+=("$version")
  fi
done
((${#missing[@]} == 0)) || echo "Not tested, because it is not on this machine: Python ${missing[*]}"
# Jobs that this shell starts with `&` would ignore the interrupts that some tests send.
printf '%s\n' "${runs[@]}" | xargs -P "$(nproc)" -L 1 bash -c 'run_tests "$@"' run_tests
