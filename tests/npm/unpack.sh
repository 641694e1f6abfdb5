#!/usr/bin/env bash
# Unpacks the npm packages that tests read, in the versions of package.json beside this file, into a
# cache folder outside this project. Nothing of them is run by npm. Prints the folder.
#
#     tests/npm/unpack.sh
#
# Needs npm and tar.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
folder="${XDG_CACHE_HOME:-$HOME/.cache}/shortcode-engine/npm"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
pattern='s/^ *"\(@*[a-z][^"]*\)": "\([0-9][^"]*\)",*$/\1 \2/p'
while read -r name version; do
  package="${name#@}"
  target="$folder/${package//\//-}"
  if ! grep -qs "\"version\": \"$version\"" "$target/package.json"; then
    archive="$(cd "$work" && npm pack --silent "$name@$version")"
    rm -rf "$target"
    mkdir -p "$target"
    tar -xzf "$work/$archive" -C "$target" --strip-components=1
  fi
done < <(sed -n "$pattern" "$here/package.json")
echo "$folder"
