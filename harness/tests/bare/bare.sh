#!/bin/sh
# Proves that a bare Debian 12 measures every language with two commands: bare.sh [FOLDER]
#
#   apt-get install -y --no-install-recommends git make
#   make bench QUICK=1
#
# It makes a minimal Debian in FOLDER (/tmp/twofold-bare), clones the checkout into it as it is committed, runs the two
# commands there, and reads from the run log which services were measured. A quarter of an hour, and 5 GB of disk. A
# FOLDER that is there already is used again, as it was left: that proves less, and is for mending what went wrong.
#
# How this machine reaches packages is no part of what is proven: apt's sources, the settings of pip, npm, Go and cargo,
# certificates, and what the environment says of proxies are taken along.
set -eu

tree=$(cd "$(dirname "$0")/../../.." && pwd)
bare=${1:-/tmp/twofold-bare}
release=bookworm
settings='/etc/pip.conf /root/.npmrc /root/.config/go/env /root/.config/pip/pip.conf /root/.cargo/config.toml
          /etc/resolv.conf /etc/hosts'
passed='http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_FIND_LINKS
        GOPROXY GOSUMDB GONOSUMDB npm_config_registry NPM_CONFIG_REGISTRY CARGO_REGISTRIES_CRATES_IO_PROTOCOL'

say() {
    printf 'bare: %s\n' "$*" >&2
}

need() {
    say "$1"
    exit 77
}

[ "$(id -u)" -eq 0 ] || need 'it takes root to make a Debian in a folder'
command -v debootstrap >/dev/null 2>&1 || need 'debootstrap is not installed: apt-get install -y debootstrap'

# The host's certificates, under a name that no package of the Debian inside writes to.
certificates=/etc/twofold-certificates.crt
inside_environment() {
    printf 'HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 '
    if [ -s "$bare$certificates" ]; then
        for name in SSL_CERT_FILE CURL_CA_BUNDLE REQUESTS_CA_BUNDLE PIP_CERT NODE_EXTRA_CA_CERTS GIT_SSL_CAINFO \
            CARGO_HTTP_CAINFO; do
            printf '%s=%s ' "$name" "$certificates"
        done
    fi
    for name in $passed; do
        value=$(printenv "$name" || true)
        # What lies in a folder of this machine is not inside.
        case $value in '' | /*) ;; *) printf '%s=%s ' "$name" "$value" ;; esac
    done
}

make_debian() {
    # shellcheck disable=SC2016 # a field of apt's
    mirror=$(apt-get indextargets --format '$(REPO_URI)' "Codename: $release" 'Component: main' | head -n 1)
    say "making a minimal Debian in $bare"
    debootstrap --variant=minbase "$release" "$bare" "$mirror" >&2
}

# How this machine reaches packages.
take_along() {
    rm -f "$bare/etc/apt/sources.list"
    cp /etc/apt/sources.list "$bare/etc/apt/" 2>/dev/null || true
    for file in /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list; do
        if grep -qs "$release" "$file"; then cp "$file" "$bare/etc/apt/sources.list.d/"; fi
    done
    for file in /etc/apt/apt.conf.d/*; do
        if grep -qs Acquire "$file"; then cp "$file" "$bare/etc/apt/apt.conf.d/"; fi
    done
    for file in $settings; do
        if [ -s "$file" ]; then
            mkdir -p "$bare$(dirname "$file")"
            cp -L "$file" "$bare$file"
        fi
    done
    bundle=${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}
    if [ -s "$bundle" ]; then cp -L "$bundle" "$bare$certificates"; fi
}

# Its mounts go with the last process in it.
inside() {
    # shellcheck disable=SC2016,SC2046 # a script of its own; words
    unshare --mount --pid --fork --kill-child sh -euc '
        bare=$1
        shift
        mount --make-rprivate /
        mount -t proc proc "$bare/proc"
        mount --rbind /sys "$bare/sys"
        mount --rbind /dev "$bare/dev"
        mount -t tmpfs tmpfs "$bare/tmp"
        exec chroot "$bare" env -i "$@"' sh "$bare" $(inside_environment) "$@" </dev/null
}

[ -e "$bare/usr" ] || make_debian
take_along
if [ ! -e "$bare/root/twofold" ]; then
    git clone --quiet --no-hardlinks "file://$tree" "$bare/root/twofold"
else
    git -C "$bare/root/twofold" pull --quiet --ff-only "file://$tree" HEAD
fi
say 'the first command: git and make'
inside env DEBIAN_FRONTEND=noninteractive sh -c \
    'apt-get -q update && apt-get install -y -q --no-install-recommends git make' >&2
say 'the second command: make bench QUICK=1'
# A machine too busy for a valid step fails the command, and proves no less that all were built, verified and run.
inside sh -c 'cd /root/twofold && make bench QUICK=1' || say 'make bench failed; what was measured is told below'
log=$(find "$bare/root/twofold/results" -maxdepth 1 -name 'catalog-*.jsonl*' | sort | tail -n 1)
python3 "$tree/harness/tests/bare/measured.py" "$log" "$bare/root/twofold/backends"
