#!/usr/bin/env bash
# Runs a test with a keyring daemon and a session bus of its own. Usage: keyring.sh PROGRAM
set -euo pipefail
program=$1
runtime=$(mktemp -d)
trap 'rm -rf "$runtime"' EXIT
mkdir -p "$runtime/data/keyrings" "$runtime/config" "$runtime/services"
chmod 700 "$runtime"
export HOME=$runtime XDG_RUNTIME_DIR=$runtime XDG_DATA_HOME=$runtime/data XDG_CONFIG_HOME=$runtime/config
export AVA_TEST_KEYRING_DAEMON=1
cat > "$runtime/bus.conf" <<CONF
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=$runtime</listen>
  <servicedir>$runtime/services</servicedir>
  <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
CONF
run() {
  printf 'of the test' | gnome-keyring-daemon --unlock --components=secrets --foreground >&2 &
  daemon=$!
  wait_for_keyring
  status=0
  timeout 60 "$program" >&9 || status=$?
  kill "$daemon"; wait "$daemon" || true
  return $status
}
wait_for_keyring() {
  for _ in $(seq 100); do
    gdbus wait --session --timeout 1 org.freedesktop.secrets >/dev/null 2>&1 && return
    sleep 0.1
  done
  echo "keyring.sh: the keyring does not come up" >&2
  return 1
}
export -f run wait_for_keyring
export program
exec 9>&1 1>&2
dbus-run-session --config-file="$runtime/bus.conf" -- bash -c 'set -e; run'
