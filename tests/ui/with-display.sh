#!/usr/bin/env bash
# Runs a program with a screen and a session bus of its own, and takes both away again.
# Usage: with-display.sh PROGRAM ARGUMENT…
set -euo pipefail
runtime=$(mktemp -d)
trap 'rm -rf "$runtime"' EXIT
mkdir -p "$runtime/config/gtk-4.0" "$runtime/data" "$runtime/cache"
printf '[Settings]\ngtk-font-name=Cantarell 11\n' >"$runtime/config/gtk-4.0/settings.ini"
export XDG_RUNTIME_DIR=$runtime XDG_CONFIG_HOME=$runtime/config XDG_DATA_HOME=$runtime/data XDG_CACHE_HOME=$runtime/cache
export GSK_RENDERER=cairo GDK_BACKEND=x11 GDK_DEBUG=gl-disable GSETTINGS_BACKEND=memory
# GTK and its libraries keep much until the end: leaks are looked for where they do not run.
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
# A bus that can start no service: no portal and no keyring come up behind a test.
# Only the one of assistive technology is let in, when a test asks for it.
mkdir "$runtime/services"
[ -z "${AVA_WITH_ATSPI:-}" ] || cp /usr/share/dbus-1/services/org.a11y.Bus.service "$runtime/services/"
cat > "$runtime/bus.conf" <<CONF
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=$runtime</listen>
  <servicedir>$runtime/services</servicedir>
  <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
CONF
# What the bus itself prints goes to the errors: a test speaks TAP and nothing else.
exec 9>&1 1>&2
xvfb-run -a -s '-screen 0 1280x860x24 -nolisten tcp -noreset' \
  dbus-run-session --config-file="$runtime/bus.conf" -- bash -c 'exec "$@" >&9 9>&-' _ "$@"
