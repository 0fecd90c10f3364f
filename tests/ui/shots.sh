#!/usr/bin/env bash
# Pictures of every page into a folder. Usage: tests/ui/shots.sh FOLDER [calendar|customers|booking|busy|asked|settings] (the tree is built in build/)
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
folder=$(readlink -f "${1:-build/shots}")
export GTK_A11Y=none LC_ALL=${LC_ALL:-C.UTF-8} GSETTINGS_SCHEMA_DIR=$here/../../build/data

shoot() { bash "$here/with-display.sh" "$here/../../build/tests/ui/$1" "$folder" "${@:2}"; }

case "${2:-}" in
  booking) shoot shots-booking ;;
  asked) shoot shots-asked ;;
  busy) AVA_DEMO_SPA=$here/../../data/demo/spa.json shoot shots-busy ;;
  settings) shoot settings-shots ;;
  calendar | customers) shoot shots "$2" ;;
  "") shoot shots && shoot shots-booking && AVA_DEMO_SPA=$here/../../data/demo/spa.json shoot shots-busy && shoot shots-asked && shoot settings-shots ;;
  *) echo "shots: there is no part “$2”" >&2; exit 2 ;;
esac
