#!/usr/bin/env bash
# The main job: opens the app on the demo spa. With no display it runs the same app under a virtual
# one, lets a simulated caller ring, and prints what was said, booked and measured; it fails unless the
# caller of the demo is booked. AVA_BUILD names another build folder. The demo has a profile of its own, so that the book
# of somebody who works with the program is left alone; AVA_DATA_DIR names another.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
build=${AVA_BUILD:-$top/build}
export AVA_DEMO_DIR=$top/data/demo GSETTINGS_SCHEMA_DIR=$build/data

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  export AVA_DATA_DIR=${AVA_DATA_DIR:-$build/demo-profile}
  exec "$build/src/ava-front-desk" --demo "$@"
fi

out=$build/run
caller=${1:-$AVA_DEMO_DIR/callers/01-sam-books-botox.caller}
outcome=
[ $# -gt 0 ] || outcome=booked
rm -rf "$out"
mkdir -p "$out/profile"
exec bash "$top/tests/ui/live-call.sh" "$caller" "$out" $outcome
