#!/bin/sh
# niemyet: đặt liên kết tới trang của ngày; ngoài thời gian đã chuẩn bị thì tới trang báo đóng.
#     sh /srv/niemyet/hosts/niemyet-switch.sh /srv/www/niemyet
# Máy chủ lấy liên kết ấy làm thư mục gốc và gửi Cache-Control: no-cache. Chạy lại sau mỗi lần dựng trang.
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
# Đổi tên một bước: không lúc nào thiếu liên kết. -T là của GNU và busybox, -h của BSD và macOS.
mv -fT "$fresh" "$link" 2>/dev/null || mv -fh "$fresh" "$link" || { rm -f "$fresh"; exit 1; }
