#!/usr/bin/env bash
# tests/newest.sh FOLDER PACKAGE…: builds the work tree on Debian's testing distribution, whose GNOME is the newest that
# Debian packages, with each warning an error, and passes the tests that need no display there. FOLDER/system keeps the
# distribution for the next time. Needs root; the packages come from where the machine has its own from.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

system=$1/system
shift

die() { printf 'newest: %s\n' "$*" >&2; exit 1; }
inside() { chroot "$system" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp LC_ALL=C.UTF-8 TZ=UTC DEBIAN_FRONTEND=noninteractive "$@"; }

make_system() {
  local source
  [ ! -e "$system/complete" ] || return 0
  source=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' | head -1)
  [ -n "$source" ] || die "this machine knows no source of Debian packages"
  rm -rf "$system"
  debootstrap --variant=minbase testing "$system" "$source" >"$system.log" 2>&1 || die "the distribution could not be fetched; see $system.log"
  # The ways that the machine goes to its packages; a mirror that lags some weeks will do.
  { apt-config dump 2>/dev/null | grep -iE '^Acquire::https?::' || true; echo 'Acquire::Check-Valid-Until "false";'; } >"$system/etc/apt/apt.conf.d/00machine"
  touch "$system/complete"
}

# What was merged into another package, or is not in the distribution any more, is left out: the build says what it lacks.
install_packages() {
  local wanted
  mapfile -t wanted < <(printf '%s\n' "$@" | sort -u | comm -12 - <(inside apt-cache pkgnames | sort -u))
  inside apt-get install -y -qq --no-install-recommends "${wanted[@]}" >>"$system.log" 2>&1 ||
    die "the packages could not be installed; see $system.log"
}

# Only what differs is written, with the time of now: what changed while the last build ran is older than its objects.
copy_tree() {
  local file
  git ls-files -z --cached --others --exclude-standard --deduplicate | while IFS= read -r -d '' file; do
    [ -f "$file" ] || continue
    cmp -s "$file" "$system/tree/$file" && continue
    mkdir -p "$system/tree/$(dirname "$file")"
    cp --preserve=mode "$file" "$system/tree/$file"
  done
}

make_system
cp /etc/resolv.conf "$system/etc/" 2>/dev/null || true
inside apt-get update -qq >>"$system.log" 2>&1 || die "the package lists could not be fetched; see $system.log"
install_packages "$@"
copy_tree
inside pkg-config --print-errors --modversion gtk4 libadwaita-1 glib-2.0 gstreamer-1.0 | paste -sd ' ' | sed 's/^/GTK, libadwaita, GLib, GStreamer: /'
[ -f "$system/build/build.ninja" ] || inside meson setup /build /tree -Dwerror=true >"$system.log" 2>&1 || { cat "$system.log"; die "the build could not be set up"; }
inside ninja -C /build >"$system.log" 2>&1 || { grep -A6 -E 'error:|warning:|FAILED' "$system.log"; die "it does not build"; }
echo "built without a warning"
inside meson test -C /build --no-rebuild --print-errorlogs --timeout-multiplier 4 --suite model --suite rules --suite store --suite tools
