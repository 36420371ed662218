#!/bin/sh
# Installs the .deb into a bare Debian that debootstrap makes, and uses it there: chroot.sh FOLDER_OF_PACKAGES
#
# Ends with 77, and says why, where there is no debootstrap, no root, or no network.
set -eu

packages=$(cd "$1" && pwd)
skip() {
    echo "package-test: skipped: $*"
    exit 77
}
[ "$(id -u)" -eq 0 ] || skip "a chroot takes root"
command -v debootstrap >/dev/null 2>&1 || skip "no debootstrap (apt-get install debootstrap)"
deb=$(find "$packages" -name '*.deb' | head -n 1)
[ -n "$deb" ] || skip "no .deb in $packages: no dpkg-shlibdeps (apt-get install dpkg-dev) when it was made"

# What this machine gets its packages from, wherever that is.
mirror=$(sed -n 's/^URIs: *\([^ ]*\).*/\1/p; s/^deb  *\(\[[^]]*\]  *\)\{0,1\}\([^ ]*\).*/\2/p' /etc/apt/sources.list \
    /etc/apt/sources.list.d/* 2>/dev/null | head -n 1)
root=$(mktemp -d)
chmod 755 "$root"
trap 'umount "$root/proc" 2>/dev/null || true; rm -rf --one-file-system "$root"' EXIT
debootstrap --variant=minbase bookworm "$root" ${mirror:+"$mirror"} >"$packages/debootstrap.log" 2>&1 ||
    skip "debootstrap failed; $packages/debootstrap.log says why"
[ ! -e /etc/apt/apt.conf ] || cp /etc/apt/apt.conf "$root/etc/apt/"
cp -R /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
cp "$deb" "$root/twofold.deb"
mount -t proc proc "$root/proc"

cat >"$root/test.sh" <<'END'
set -eux
export HOME=/home/user
useradd -m user
apt-get install -y -q --no-install-recommends /twofold.deb
cd /home/user
as_user() { su user -c "cd && $1"; }
as_user 'twofold version'
as_user 'twofold list' >/tmp/list
grep catalog /tmp/list && grep python /tmp/list
as_user 'twofold plan catalog' | grep '1,000'
# The reference service, of the package, as a target of a scenario of the package.
cat >/tmp/one.sh <<'INNER'
HOST=127.0.0.1 PORT=8399 CORES=1 /usr/share/twofold/backends/reference/bin/reference-server &
server=$!
sleep 1
status=0
twofold bench http://127.0.0.1:8399/items/7 --quick --from 200 --steps 2 --warmup 200ms --measure 1s >/tmp/report ||
    status=$?
kill $server
cat /tmp/report
[ $status -eq 0 ] || [ $status -eq 3 ]
INNER
chmod 755 /tmp/one.sh
as_user 'sh /tmp/one.sh'
ls /home/user/results/
as_user 'twofold report --format html --out page.html' || test ! -s /home/user/page.html
test -e /usr/share/man/man1/twofold.1 -o -e /usr/share/man/man1/twofold.1.gz
test -e /usr/share/bash-completion/completions/twofold
END
chroot "$root" sh /test.sh >"$packages/chroot.log" 2>&1 || {
    tail -n 40 "$packages/chroot.log"
    echo "package-test: FAILED"
    exit 1
}
echo "package-test: $(basename "$deb") installed and used in a bare Debian 12"
