#!/usr/bin/env bash
# Unpacks WordPress, as Debian packages it, into a cache folder outside this project: WordPress is
# GPL, so the tests run it and the project does not ship it. Prints the folder; does nothing when
# it is there already.
#
#     tests/wordpress/unpack.sh
#
# Needs apt-get, dpkg-deb and, for what it unpacks to run, php-cli.
set -euo pipefail

folder="${XDG_CACHE_HOME:-$HOME/.cache}/shortcode-engine/wordpress"
if [ ! -f "$folder/usr/share/wordpress/wp-includes/shortcodes.php" ]; then
  work="$(mktemp -d)"
  trap 'rm -rf "$work"' EXIT
  cd "$work"
  download=(apt-get download -qq wordpress wordpress-l10n)
  "${download[@]}" 2>/dev/null || { apt-get update -qq && "${download[@]}"; } >&2
  mkdir tree
  for package in ./*.deb; do dpkg-deb -x "$package" tree; done
  mkdir -p "$(dirname "$folder")"
  rm -rf "$folder"
  mv tree "$folder"
fi
echo "$folder"
