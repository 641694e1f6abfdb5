#!/usr/bin/env bash
# Runs .ci/run of the commit that is checked out here on a bare Debian 12, which debootstrap makes in
# a folder: shows what the run does not install itself.
#
#     scripts/bare_machine.sh FOLDER [PATH...]
#
# Needs root and debootstrap. Each PATH, such as the settings of a proxy or a mirror for apt, pip
# and npm, is copied from this machine to the same place in the new one. The variables whose names
# begin with PIP_ or NPM_, or end with _proxy, _CERT, _CERTS or _BUNDLE, go along.
set -euo pipefail

[ $# -ge 1 ] || { sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0" >&2; exit 2; }
root="$(realpath -m "$1")"
shift
project="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

[ -d "$root/usr" ] || debootstrap --variant=minbase bookworm "$root" http://deb.debian.org/debian >/dev/null

unmount() { for folder in dev/shm dev/pts dev sys proc; do umount "$root/$folder" 2>/dev/null || true; done; }
trap unmount EXIT
mount -t proc proc "$root/proc"
mount --bind /sys "$root/sys" 2>/dev/null || true
mount --bind /dev "$root/dev"
mount -t devpts devpts "$root/dev/pts" 2>/dev/null || mount --bind /dev/pts "$root/dev/pts"
mkdir -p "$root/dev/shm"
mount -t tmpfs tmpfs "$root/dev/shm"

for path in /etc/resolv.conf /etc/hosts "$@"; do
  mkdir -p "$root$(dirname "$path")"
  cp -rL --no-preserve=ownership "$path" "$root$(dirname "$path")/"
done

rm -rf "$root/project"
git clone -q "$project" "$root/project"

settings=()
while IFS= read -r name; do settings+=("$name=${!name}"); done \
  < <(compgen -e | grep -E '^(PIP|NPM)_|_(proxy|PROXY|CERT|CERTS|BUNDLE)$|_CERT_(FILE|DIR)$' || true)
chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
  "${settings[@]}" /project/.ci/run
