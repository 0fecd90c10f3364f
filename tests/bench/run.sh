#!/usr/bin/env bash
# Runs the benches: all, or the one that is named. Rows: name value unit reference ratio.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
build=$top/build
export AVA_DEMO_DIR=$top/data/demo AVA_DEMO_SPA=$top/data/demo/spa.json

run() {
  case $1 in
    calls) /usr/bin/python3 "$top/tests/bench/bench-calls.py" "$build/src/cli/avactl" "$build/bench-calls" ;;
    *) "$build/tests/bench/bench-$1" ;;
  esac
}

if [ $# -gt 0 ]; then run "$1"; else
  for program in "$build"/tests/bench/bench-*; do
    [ -x "$program" ] && [ -f "$program" ] && run "${program##*/bench-}"
  done
  run calls
fi
