#!/bin/sh
# The two commands on a Debian 13 that has Python and make and nothing else. As root, with debootstrap: make debian13
#
# ROOT: where the system is made or was made before (kept); else a temporary folder that is removed. MIRROR: another than
# debootstrap's own. The machine's pip settings and certificates go along, so that packages come from where they come here.
set -eu

made=${ROOT:-$(mktemp -d /var/tmp/debian13.XXXXXX)}
[ -n "${ROOT:-}" ] || trap 'rm -rf "$made"' EXIT
if [ ! -e "$made/usr/bin/make" ]; then
    debootstrap --variant=minbase --include=python3,python3-venv,make,ca-certificates trixie "$made" ${MIRROR:-}
fi
for file in /etc/pip.conf /etc/resolv.conf /etc/ssl/certs/ca-certificates.crt; do
    [ ! -e "$file" ] || cp -L "$file" "$made$file"
done
rm -rf "$made/yidui" && mkdir "$made/yidui"
git ls-files -z | tar -c --null -T - | tar -x -C "$made/yidui"

# Mounts and processes of this end with it.
export LC_ALL=C.UTF-8 HOME=/root
unshare --mount --pid --fork sh -c '
    mount -t proc proc "$1/proc" && mount --bind /dev "$1/dev"
    chroot "$1" sh -c "cd /yidui && python3 --version && make demo ARGS=\"--fast --exit\" && make test"
' sh "$made"
