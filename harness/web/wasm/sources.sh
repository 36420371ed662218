#!/bin/sh
# The C sources of jansson and zlib, which the page's judge is compiled with: sources.sh FOLDER
#
# They come from Debian 12 by `apt-get source`, with lists of its own, so that it takes no root and no line in the
# system's sources. What came is used only if it has the hash below. Leaves FOLDER/jansson and FOLDER/zlib; does nothing
# when both are there. Fails with a reason.
set -eu

# The package, its version, its archive, the archive's SHA-256.
packages() {
    cat <<'END'
jansson 2.14-2 jansson_2.14.orig.tar.gz c739578bf6b764aa0752db9a2fdadcfe921c78f1228c7ec0bb47fa804c55d17b
zlib 1:1.2.13.dfsg-1 zlib_1.2.13.dfsg.orig.tar.bz2 71feb7947e3c00ef125f83b79a4e529bde31171e5babe48b391f06758d1ab0a1
END
}

mkdir -p "$1"
folder=$(cd "$1" && pwd)
if [ -d "$folder/jansson" ] && [ -d "$folder/zlib" ]; then
    exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
    echo 'the sources of jansson and zlib come from Debian by apt-get, which is not here'
    exit 1
fi

work=$(mktemp -d "$folder/work.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
signed=''
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ ! -e "$keyring" ] || signed="[signed-by=$keyring] "
# The mirror that this system has its packages of Debian 12 from has their sources as well.
# shellcheck disable=SC2016 # apt-get's own variables
mirror=$(apt-get indextargets --format '$(REPO_URI) $(ORIGIN) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' |
    awk '$2 == "Debian" && $3 == "bookworm" && $4 == "main" { print $1; exit }')
if [ -z "$mirror" ]; then
    echo 'the sources of jansson and zlib come from Debian 12 (bookworm), of which apt has no mirror here'
    exit 1
fi
echo "deb-src $signed$mirror bookworm main" >"$work/sources.list"

apt() {
    apt-get -q -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=- \
        -o Dir::State::Lists="$work/lists" \
        -o Dir::Cache="$work/cache" -o APT::Sandbox::User= -o Acquire::Languages=none "$@" >>"$work/log" 2>&1
}

cd "$work"
if ! apt update || ! apt source --download-only --only-source jansson=2.14-2 zlib=1:1.2.13.dfsg-1; then
    cat log >&2
    echo "the sources of jansson and zlib could not be had from $mirror (see above)"
    exit 1
fi
while read -r package version archive hash; do
    if [ "$(sha256sum "$archive" 2>/dev/null | cut -d ' ' -f 1)" != "$hash" ]; then
        echo "$archive of Debian's $package $version is not the one expected: its hash is another"
        exit 1
    fi
    mkdir "$package"
    (cd "$package" && cmake -E tar xf "../$archive")
    rm -rf "${folder:?}/$package"
    mv "$package"/* "$folder/$package"
done <<END
$(packages)
END
