#!/usr/bin/env bash
# Runs the benches: all, or the one that is named. Rows: name value unit reference ratio.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
build=$top/build
export AVA_DEMO_DIR=$top/data/demo AVA_DEMO_SPA=$top/data/demo/spa.json

# onnxruntime, to compare with: fetched once, by its name and version, into the build folder.
reference() {
  command -v npm >/dev/null && command -v node >/dev/null || return 1
  [ -d "$build/reference/node_modules/onnxruntime-node" ] ||
    (mkdir -p "$build/reference" && cd "$build/reference" && npm init --yes >/dev/null 2>&1 &&
     npm install --ignore-scripts --no-audit --no-fund onnxruntime-node@1.30.0 >/dev/null 2>&1)
}

# The official JavaScript client of the cloud voice. It insists on wss; on loopback there is no certificate, so the fetched
# copy is told otherwise.
realtime_reference() {
  local folder=$build/reference-realtime
  command -v npm >/dev/null && command -v node >/dev/null || return 1
  [ ! -d "$folder/node_modules/openai" ] || return 0
  (mkdir -p "$folder" && cd "$folder" && npm init --yes >/dev/null 2>&1 &&
   npm install --ignore-scripts --no-audit --no-fund openai@7.57.0 ws >/dev/null 2>&1 &&
   sed -i "s/url.protocol = 'wss'/url.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:'/" node_modules/openai/realtime/internal-base.mjs)
}

run() {
  case $1 in
    realtime)
      realtime_reference || echo "# the JavaScript client cannot be had: no comparison"
      /usr/bin/python3 "$top/tests/bench/bench-realtime.py" "$build" "$top/tests/data/realtime-client.schema.json" \
        "$build/reference-realtime" "$build/bench-realtime" ;;
    calls) /usr/bin/python3 "$top/tests/bench/bench-calls.py" "$build/src/cli/avactl" "$build/bench-calls" ;;
    chat) "$build/tests/bench/bench-chat" "$top/tests/rules/dialogues" ;;
    flags) "$build/tests/bench/bench-flags" "$top/tests/rules/red-flags-blind.txt" ;;
    vad)
      if reference; then
        NODE_PATH=$build/reference/node_modules AVA_SILERO_NETWORK=$top/data/silero/silero_vad_v6.onnx \
          "$build/tests/bench/bench-vad" "$top/tests/bench/silero-reference.js"
      else
        "$build/tests/bench/bench-vad"
      fi ;;
    live) GTK_A11Y=none LC_ALL=C.UTF-8 bash "$top/tests/ui/with-display.sh" "$build/tests/bench/bench-live" ;;
    window) GTK_A11Y=none LC_ALL=C.UTF-8 bash "$top/tests/ui/with-display.sh" "$build/tests/bench/bench-window" "$build/src/ava-front-desk" ;;
    calendar) GTK_A11Y=none bash "$top/tests/ui/with-display.sh" "$build/tests/bench/bench-calendar" ;;
    *) "$build/tests/bench/bench-$1" ;;
  esac
}

# One that fails does not keep the others from running, but it is not forgotten.
if [ $# -gt 0 ]; then run "$1"; else
  failed=
  for program in "$build"/tests/bench/bench-*; do
    [ -x "$program" ] && [ -f "$program" ] || continue
    run "${program##*/bench-}" || failed="$failed ${program##*/bench-}"
  done
  run calls || failed="$failed calls"
  [ -z "$failed" ] || { echo "# failed:$failed" >&2; exit 1; }
fi
