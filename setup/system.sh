#!/bin/sh
# Installs what the system's package manager has and this tree needs: setup/system.sh [--tests]
#
# Looks first for what is missing, and says and does nothing when nothing is. What the build needs must be there in the end;
# what only some backends or tests need may be missing where it cannot be installed: they are skipped, and say so.
# Toolchains of the backends' languages are for setup/toolchains.sh; what is in lock files is for its own package manager.
set -eu

say() {
    printf 'setup: %s\n' "$*" >&2
}

# One need a line: must or may, how it is found, what is looked for, its name for apt, its name for brew ("-": nothing to
# install). "a|b" is b where apt does not know a.
needs() {
    cat <<'END'
must compiler     cc            gcc                           -
must compiler     stdio.h       libc6-dev                     -
must command      cmake         cmake                         cmake
must command      pkg-config    pkg-config                    pkg-config
must library      libuv         libuv1-dev                    libuv
must library      libcurl       libcurl4-openssl-dev          curl
must library      libnghttp2    libnghttp2-dev                libnghttp2
must library      jansson       libjansson-dev                jansson
must library      cmocka        libcmocka-dev                 cmocka
must library      zlib          zlib1g-dev                    zlib
must library      yaml-0.1      libyaml-dev                   libyaml
must library      libcrypto     libssl-dev                    openssl
must llhttp       llhttp        libllhttp-dev|node-llhttp     llhttp
may  library      libssl        libssl-dev                    openssl
may  mpi          ompi-c        libopenmpi-dev                open-mpi
may  command      mpirun        openmpi-bin                   open-mpi
may  library      libpq         libpq-dev                     libpq
may  postgresql   initdb        postgresql                    postgresql
may  python       venv          python3-venv                  python
may  certificates ca            ca-certificates               ca-certificates
may  command      clang-14      clang-14                      -
may  command      wasm-ld-14    lld-14                        -
may  wasi         libc.a        wasi-libc                     -
may  wasi         libclang_rt.builtins-wasm32.a libclang-rt-14-dev-wasm32 -
END
    if [ "$for_tests" = yes ]; then
        cat <<'END'
may  command      clang         clang                         llvm
may  fuzzer       clang-fuzzer  libclang-rt-dev|libclang-rt-14-dev llvm
may  llvm         clang-format  clang-format-14|clang-format  clang-format
may  llvm         clang-tidy    clang-tidy-14|clang-tidy      llvm
may  command      shellcheck    shellcheck                    shellcheck
may  library      mpich         libmpich-dev                  -
may  command      mpiexec.mpich mpich                         -
may  module       jsonschema    python3-jsonschema            python-jsonschema
may  module       yaml          python3-yaml                  libyaml
may  browser      chromium      chromium                      chromium
may  sbin         nginx         nginx                         nginx
may  sbin         debootstrap   debootstrap                   -
END
    fi
}

compiles() {
    printf '%s\n' "$1" | "${CC:-cc}" -E -x c - >/dev/null 2>&1
}

# Whether clang has its fuzzer: the runtime comes in a package of its own.
fuzzes() {
    clang=$(command -v clang-14 || command -v clang) || return 1
    [ -n "$(find "$("$clang" -print-resource-dir)" -name '*clang_rt.fuzzer*' -print -quit 2>/dev/null)" ]
}

# here HOW WHAT: found by what the build will look for, never by the package manager's list.
here() {
    case $1 in
    command) command -v "$2" >/dev/null 2>&1 ;;
    library) pkg-config --exists "$2" 2>/dev/null ;;
    compiler) if [ "$2" = cc ]; then compiles ''; else compiles "#include <$2>"; fi ;;
    llhttp) [ -e /usr/share/llhttp/llhttp.c ] || compiles '#include <llhttp.h>' ;;
    module) python3 -c "import $2" >/dev/null 2>&1 || /usr/bin/python3 -c "import $2" >/dev/null 2>&1 ;;
    mpi) pkg-config --exists ompi-c 2>/dev/null || pkg-config --exists mpich 2>/dev/null ;;
    python) python3 -c 'import ensurepip, venv' >/dev/null 2>&1 ;;
    postgresql) command -v "$2" >/dev/null 2>&1 || [ -n "$(find /usr/lib/postgresql -name "$2" -print -quit 2>/dev/null)" ] ;;
    certificates)
        for bundle in "${SSL_CERT_FILE:-}" /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem; do
            [ ! -s "$bundle" ] || return 0
        done
        return 1
        ;;
    fuzzer) fuzzes ;;
    wasi) [ -n "$(find /usr/lib/wasm32-wasi /usr/lib/llvm-14/lib/clang -name "$2" -print -quit 2>/dev/null)" ] ;;
    sbin) PATH="$PATH:/usr/sbin:/usr/local/sbin" command -v "$2" >/dev/null 2>&1 ;;
    browser) command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 ;;
    llvm) command -v "$2-14" >/dev/null 2>&1 || command -v "$2" >/dev/null 2>&1 ;;
    *) return 1 ;;
    esac
}

# Sets missing (apt's names), missing_brew, missing_names and missing_must.
look() {
    missing='' missing_brew='' missing_names='' missing_must=''
    while read -r weight how what apt brew; do
        if here "$how" "$what"; then continue; fi
        missing="$missing $apt"
        [ "$brew" = - ] || missing_brew="$missing_brew $brew"
        missing_names="$missing_names $what"
        [ "$weight" = may ] || missing_must="$missing_must $what"
    done <<END
$(needs)
END
}

apt_knows() {
    [ -n "$(apt-cache show --no-all-versions "$1" 2>/dev/null)" ]
}

# The packages to ask apt for: of "a|b" the one that it has. Once its lists are new, one that it does not have is left out:
# apt would install none of them for its sake.
apt_packages() {
    for package in $missing; do
        case $package in
        *'|'*) if apt_knows "${package%%|*}"; then package=${package%%|*}; else package=${package#*|}; fi ;;
        esac
        if [ "$lists_are_new" = no ] || apt_knows "$package"; then
            printf ' %s' "$package"
        fi
    done
}

# Ends: with 1 when the build would fail, else with what goes without.
go_without() {
    if [ -n "$missing_must" ]; then
        say "cannot build without:$missing_must"
        exit 1
    fi
    say "going on without:$missing_names (what needs them is skipped)"
    exit 0
}

apt_install() {
    if [ "$(id -u)" -eq 0 ]; then
        as_root=''
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root='sudo -n'
    else
        say "missing:$missing_names; it takes root to install them. Run this as root, then make again:"
        sudo=''
        ! command -v sudo >/dev/null 2>&1 || sudo='sudo '
        printf '%s\n' "${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends$(apt_packages)" >&2
        go_without
    fi
    say "missing:$missing_names"
    # A third party's source that does not respond is no reason to stop: what counts is whether the packages come.
    $as_root apt-get -q -o DPkg::Lock::Timeout=120 update >&2 || say "apt-get update failed; trying with what apt knows already"
    lists_are_new=yes
    packages=$(apt_packages)
    say "installing:$packages"
    # shellcheck disable=SC2086 # lists of words
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 $packages >&2 || say "apt-get could not install them (see above); is there a network?"
}

brew_install() {
    say "macOS is untested; expect that the harness itself does not build there"
    if ! command -v brew >/dev/null 2>&1; then
        say "missing:$missing_names; install Homebrew (https://brew.sh), then make again"
        go_without
    fi
    say "installing:$missing_brew"
    # shellcheck disable=SC2086
    brew install $missing_brew >&2 || say "brew could not install them (see above)"
}

lists_are_new=no
for_tests=no
case ${1:-} in
'') ;;
--tests) for_tests=yes ;;
*)
    say "usage: setup/system.sh [--tests]"
    exit 2
    ;;
esac

look
[ -n "$missing_names" ] || exit 0
if [ "$(uname -s)" = Darwin ]; then
    brew_install
elif command -v apt-get >/dev/null 2>&1; then
    apt_install
else
    say "this system has no apt; install these with its own package manager:$missing_names"
fi
look
[ -z "$missing_names" ] || go_without
