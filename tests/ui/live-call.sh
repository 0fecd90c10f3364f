#!/usr/bin/env bash
# The window takes one simulated call where there is no display. Usage: live-call.sh CALLER FOLDER [OUTCOME]
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
caller=$(readlink -f "$1")
folder=$(readlink -f "$2")
export GTK_A11Y=none LC_ALL=${LC_ALL:-C.UTF-8}
exec bash "$here/with-display.sh" "${AVA_BUILD:-$here/../../build}/tests/ui/live-call" "$caller" "$folder" "$folder/profile" "${@:3}"
