#!/usr/bin/env bash
# tests/tsan-glib.sh FOLDER: builds the GLib that this machine has, with ThreadSanitizer, in FOLDER/glib.
#
# The locks, queues and main loops of the program are GLib's, and Debian's GLib is not instrumented: the sanitizer
# would see none of them taken, and report every hand-over from thread to thread; to hush that is to hush the races too.
# The source comes from where the machine has its packages from. Prints the folders of the libraries, between colons.
set -euo pipefail
export PATH=/usr/bin:/bin:$PATH   # Debian's own python comes first

folder=$(mkdir -p "$1" && cd "$1" && pwd)
version=$(dpkg-query -W -f '${Version}' libglib2.0-dev)
built=$folder/glib-$version
libraries=(glib gobject gmodule gthread gio)

die() { printf 'tsan-glib: %s\n' "$*" >&2; exit 1; }

# apt with lists of its own, in which the machine's package sources are sources of source packages
apt_source() {
  local lists=$folder/apt file
  mkdir -p "$lists/parts" "$lists/lists/partial"
  for file in /etc/apt/sources.list.d/*.sources; do
    [ -f "$file" ] && sed 's/^Types:.*/Types: deb-src/' "$file" >"$lists/parts/$(basename "$file")"
  done
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ -f "$file" ] && sed -n 's/^deb /deb-src /p' "$file" >"$lists/parts/$(basename "$file" .list).list"
  done
  apt-get -qq -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$lists/parts" -o Dir::State::Lists="$lists/lists" \
    -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root "$@"
}

build() {
  rm -rf "$folder/apt" "$folder/glib-source" "$built.part"
  apt_source update 2>/dev/null || true   # a source without source packages is no harm
  (cd "$folder" && apt_source --download-only source "glib2.0=$version") || die "the source of GLib $version cannot be fetched"
  dpkg-source --no-check -x "$folder"/glib2.0_*.dsc "$folder/glib-source" >/dev/null
  meson setup "$built.part" "$folder/glib-source" --prefix=/usr --libdir="lib/$(gcc -print-multiarch)" -Dmultiarch=true \
    --buildtype=debugoptimized -Db_sanitize=thread -Db_lundef=false -Dtests=false -Dnls=disabled -Dlibmount=disabled \
    -Dselinux=disabled -Dlibelf=disabled >/dev/null
  ninja -C "$built.part" >/dev/null
  rm -rf "$folder/apt" "$folder"/glib2.0_*
  mv "$built.part" "$built"
}

[ -d "$built" ] || build >&2
printf "$built/%s\n" "${libraries[@]}" | paste -sd :
