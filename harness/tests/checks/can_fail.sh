#!/bin/sh
# The checks can fail: each is run on a small tree with one fault in it, and must name that fault.
# can_fail.sh scratch-folder twofold page-tools-folder
set -eu

checks=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$checks/../../.." && pwd)
scratch=$1
twofold=$2
page_tools=$3
failures=0

# A tree that every check passes.
clean_tree() {
    rm -rf "$scratch"
    mkdir -p "$scratch/harness/base" "$scratch/harness/analysis" "$scratch/harness/cli" "$scratch/backends/reference"
    cp "$top/.clang-format" "$top/.clang-tidy" "$scratch/"
    cat >"$scratch/harness/CMakeLists.txt" <<'END'
twofold_library(base                      USE m)
twofold_library(analysis LINK base        USE m)
END
    printf 'int base_one(void);\n' >"$scratch/harness/base/one.h"
    printf '#include "base/one.h"\n\nint base_one(void)\n{\n    return 1;\n}\n' >"$scratch/harness/base/one.c"
    printf '#include "base/one.h"\n\nint main(void)\n{\n    return base_one();\n}\n' >"$scratch/harness/cli/main.c"
    printf 'int finding(void);\n' >"$scratch/harness/analysis/finding.h"
    printf '#!/bin/sh\necho fine\n' >"$scratch/run.sh"
    mkdir -p "$scratch/harness/web/src" "$scratch/harness/tests/page"
    cp "$top"/harness/web/*.js "$top/harness/web/tsconfig.json" "$scratch/harness/web/"
    printf '// @ts-check\nexport const one = 1;\n' >"$scratch/harness/web/src/one.js"
    printf "// @ts-check\nimport { one } from '../../web/src/one.js';\n\nconsole.log(one);\n" \
        >"$scratch/harness/tests/page/one.mjs"
    printf '[{"directory": "%s", "file": "%s/harness/base/one.c", "command": "cc -Iharness -c harness/base/one.c"}]\n' \
        "$scratch" "$scratch" >"$scratch/compile_commands.json"
}

# check STATUS TEXT COMMAND...: the command ends with that status and prints that text.
check() {
    wanted_status=$1 wanted_text=$2
    shift 2
    status=0
    said=$("$@" 2>&1) || status=$?
    if [ "$status" -eq 77 ]; then
        echo "not tried: $said"
    elif [ "$status" -ne "$wanted_status" ] || ! printf '%s\n' "$said" | grep -qF -- "$wanted_text"; then
        echo "$* ended with $status and said:"
        echo "$said"
        echo "expected: $wanted_status, and in the text: $wanted_text"
        failures=$((failures + 1))
    fi
}

# fault FILE TEXT: the clean tree, with this text at the end of that file.
fault() {
    clean_tree
    mkdir -p "$(dirname "$scratch/$1")"
    printf '%b' "$2" >>"$scratch/$1"
}

layers() {
    check 1 "$1" python3 "$checks/layers.py" "$scratch"
}

clean_tree
check 0 '' sh "$checks/format.sh" "$scratch"
check 0 '' sh "$checks/shellcheck.sh" "$scratch"
check 0 '' python3 "$checks/layers.py" "$scratch"
check 0 '1 files, 0 with findings' python3 "$checks/tidy.py" "$scratch" "$scratch"

fault harness/base/one.c 'int  two;\n'
check 1 'one.c:7:' sh "$checks/format.sh" "$scratch"

fault run.sh 'if true; then echo\n'
check 1 'SC1046' sh "$checks/shellcheck.sh" "$scratch"

printf 'int main(void)\n{\n    return 0;\n}\n' | cc -no-pie -x c -o "$scratch/plain" -
check 1 'position independent' python3 "$checks/hardened.py" "$scratch/plain"

page_lint() {
    check "$1" "$2" sh "$checks/page_lint.sh" "$page_tools" "$scratch"
}

clean_tree
page_lint 0 ''
fault harness/web/src/one.js 'export const two  = 2;\n'
page_lint 1 'web/src/one.js'
fault harness/tests/page/one.mjs 'console.log(two);\n'
page_lint 1 "'two' is not defined"
fault harness/web/src/one.js 'export const two = one.length + 1;\n'
page_lint 1 "Property 'length' does not exist on type '1'"

# The stamp of the clean file must not cover the changed header.
clean_tree
check 0 '0 with findings' python3 "$checks/tidy.py" "$scratch" "$scratch"
printf 'static inline int two(int n)\n{\n    if (n)\n        return 1;\n    return 2;\n}\n' \
    >>"$scratch/harness/base/one.h"
check 1 'readability-braces-around-statements' python3 "$checks/tidy.py" "$scratch" "$scratch"
check 1 'readability-braces-around-statements' python3 "$checks/tidy.py" "$scratch" "$scratch"

fault harness/base/one.c '#include "analysis/finding.h"\n'
layers 'harness/base/one.c:7: base must not include analysis/finding.h'
fault harness/base/one.c '#include "../analysis/finding.h"\n'
layers 'harness/base/one.c:7: includes ../analysis/finding.h'
fault harness/base/one.c '#include "one.h"\n'
layers 'harness/base/one.c:7: includes one.h; say base/one.h'
fault harness/analysis/finding.h '#include <uv.h>\n'
layers 'harness/analysis/finding.h:2: analysis must not include <uv.h>'
fault harness/analysis/finding.h '#include <curl/curl.h>\n'
layers 'harness/analysis/finding.h:2: analysis must not include <curl/curl.h>'
fault harness/tests/test_one.c '#include "base/one.c"\n'
layers 'harness/tests/test_one.c:1: includes base/one.c'
fault harness/base/one.c '/* printf( is fine here */ const char *a = "exit(1)"; void two(void) { printf("x"); }\n'
layers 'harness/base/one.c:7: only cli/ prints or ends the program: printf'
fault harness/base/one.c 'void two(void) { fprintf(stderr, "x"); }\n'
layers 'harness/base/one.c:7: only cli/ prints or ends the program: fprintf'
fault harness/base/one.c 'void two(void) { exit(1); }\n'
layers 'harness/base/one.c:7: only cli/ prints or ends the program: exit'
fault harness/cli/helpers.c 'int two;\n'
layers 'harness/cli/helpers.c: "helpers.c" does not say what is in it'
fault harness/util/one.h 'int two;\n'
layers 'harness/util: a folder with no twofold_library line'
clean_tree
yes '' | head -n 400 >>"$scratch/harness/base/one.c"
layers 'harness/base/one.c: 406 lines, at most 400'
fault harness/analysis/usage/one.c '#include "analysis/cause/two.h"\n'
layers 'harness/analysis/usage/one.c: analysis/usage must not include analysis/cause/two.h'
fault harness/analysis/corner/one.c 'int two;\n'
layers 'harness/analysis/corner/one.c: corner is no room of analysis'
clean_tree
mkdir -p "$scratch/harness/analysis/cause" "$scratch/harness/analysis/usage"
printf 'int two;\n' >"$scratch/harness/analysis/usage/two.h"
printf '#include "analysis/usage/two.h"\n' >"$scratch/harness/analysis/cause/one.c"
layers 'harness/analysis/usage/two.h: only analysis/cause/one.c reads it'
clean_tree
for number in $(seq 31); do printf 'int n%s;\n' "$number" >"$scratch/harness/cli/part$number.c"; done
layers 'harness/cli: 32 files, at most 30'
fault harness/base/one.c "// $(printf '%0118d' 0)\n"
check 1 'harness/base/one.c:7: 121 columns, at most 120' python3 "$checks/style.py" "$scratch"
fault harness/base/one.c 'int two(int n)\n{\n    return n > 1 ? 1 : n < 0 ? 2 : 3;\n}\n'
check 1 'one.c:9: a conditional expression inside another one' python3 "$checks/style.py" "$scratch"
fault harness/base/one.c 'void two(int *a, int *b)\n{\n    *(a ? a : b) = 1;\n}\n'
check 1 'one.c:9: a conditional expression is assigned to' python3 "$checks/style.py" "$scratch"
fault harness/base/one.c 'void two(int n)\n{\n    n > 1 ? three() : four();\n}\n'
check 1 'one.c:9: a conditional expression as a statement' python3 "$checks/style.py" "$scratch"
fault harness/base/one.c 'struct two {\n    int n;\n};\n'
printf 'struct two {\n    int n;\n};\n' >>"$scratch/harness/analysis/finding.h"
check 1 'harness/analysis/finding.h, harness/base/one.c: two types with the tag two' \
    python3 "$checks/style.py" "$scratch"
mkdir -p "$scratch/harness/web"
yes '' | head -n 401 >"$scratch/harness/web/one.js"
check 1 'harness/web/one.js: 401 lines, at most 400' python3 "$checks/style.py" "$scratch"
rm "$scratch/harness/web/one.js"
clean_tree
check 0 '' python3 "$checks/style.py" "$scratch"

# A schema that accepts everything, and one that accepts nothing.
for schema in scenarios/scenario.schema.json backends/backend.schema.json; do
    for text in '{}' 'false'; do
        clean_tree
        mkdir -p "$scratch/harness/tests/cases" "$scratch/scenarios" "$scratch/backends/go"
        cp -r "$top/harness/tests/cases/scenario" "$top/harness/tests/cases/manifest" "$scratch/harness/tests/cases/"
        cp "$top/scenarios/catalog.json" "$top/scenarios/scenario.schema.json" "$scratch/scenarios/"
        cp "$top/backends/backend.schema.json" "$scratch/backends/"
        cp "$top/backends/go/backend.json" "$scratch/backends/go/"
        check 0 '' python3 "$checks/schemas.py" "$scratch"
        printf '%s\n' "$text" >"$scratch/$schema"
        case $text-$schema in
        '{}'-*) wanted='the schema accepts it; should it be in beyond-schema?' ;;
        *-scenarios/*) wanted='scenarios/catalog.json: ' ;;
        *) wanted='backends/go/backend.json: ' ;;
        esac
        check 1 "$wanted" python3 "$checks/schemas.py" "$scratch"
    done
done

fault harness/CMakeLists.txt 'twofold_library(host LINK base load USE PkgConfig::UV)\ntwofold_library(load LINK base)\n'
layers 'harness/CMakeLists.txt: host must never come to load'
fault harness/CMakeLists.txt 'target_link_libraries(tf_analysis PUBLIC PkgConfig::CURL)\n'
layers 'harness/CMakeLists.txt: analysis must never come to curl'
fault harness/CMakeLists.txt 'twofold_library(shapes LINK base)\n'
layers 'harness/CMakeLists.txt: shapes has no place in the order'

results() {
    check 1 "$1" python3 "$checks/results.py" "$twofold" "$scratch/results"
}

clean_tree
check 0 'results: 0 files' python3 "$checks/results.py" "$twofold" "$scratch/results"
fault results/catalog-old.jsonl '{"record": "run", "schema": 1}\n'
gzip -n "$scratch/results/catalog-old.jsonl"
results 'catalog-old.jsonl.gz: cannot be reported'
fault results/catalog-cut.jsonl '{"record": "run", "sch'
gzip -n "$scratch/results/catalog-cut.jsonl"
results 'catalog-cut.jsonl.gz: cannot be reported'
fault results/catalog-plain.jsonl.gz '{"record": "run"}\n'
results 'catalog-plain.jsonl.gz: is gzip and not named so'
fault results/Catalog.jsonl '{}\n'
results 'is not named SCENARIO-MACHINE.jsonl.gz'
fault results/catalog-large.jsonl.gz ''
truncate -s 61000000 "$scratch/results/catalog-large.jsonl.gz"
results 'all of it has 61000000 bytes'

rm -rf "$scratch"
[ "$failures" -eq 0 ] || exit 1
