#!/usr/bin/env bash
# Pictures of every page into a folder. Usage: tests/ui/shots.sh FOLDER [calendar|customers|settings] (the tree is built in build/)
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
folder=$(readlink -f "${1:-build/shots}")
export GTK_A11Y=none LC_ALL=${LC_ALL:-C.UTF-8}
[ "${2:-}" = settings ] || bash "$here/with-display.sh" "$here/../../build/tests/ui/shots" "$folder" "${@:2}"
case "${2:-settings}" in settings) exec bash "$here/with-display.sh" "$here/../../build/tests/ui/settings-shots" "$folder" ;; esac
