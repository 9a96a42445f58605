#!/bin/sh
# niemyet: sets a link to the site of the day; out of the time that was prepared, to the closed page.
#     sh /srv/niemyet/hosts/niemyet-switch.sh /srv/www/niemyet
# The server takes that link as its root and sends Cache-Control: no-cache. Run it again after each build.
set -eu
link=${1:?}
folder=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
now=$(date -u +%s)
if [ "$now" -lt 1767200400 ]; then slice=
elif [ "$now" -lt 1773507600 ]; then slice=2026-01-01 # [2026-01-01, 2026-03-15)
elif [ "$now" -lt 1782838800 ]; then slice=2026-03-15 # [2026-03-15, 2026-07-01)
else slice=
fi
target=$folder/releases/$slice
[ -n "$slice" ] && [ -f "$target/index.html" ] || target=$folder/closed
[ "$(readlink "$link" || true)" = "$target" ] && exit 0
fresh=$link.new.$$
ln -s "$target" "$fresh"
# Renamed in one step: the link is never missing. GNU and busybox say -T, BSD and macOS -h.
mv -fT "$fresh" "$link" 2>/dev/null || mv -fh "$fresh" "$link" || { rm -f "$fresh"; exit 1; }
