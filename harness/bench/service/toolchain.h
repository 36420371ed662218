/* toolchain: whether the tools that a backend's manifest names are installed, and recent enough. */
#ifndef TWOFOLD_BENCH_SERVICE_TOOLCHAIN_H
#define TWOFOLD_BENCH_SERVICE_TOOLCHAIN_H

#include "base/error.h"
#include "plan/manifest/manifest.h"

#include <stdatomic.h>
#include <stddef.h>

/* What was found about one tool. */
struct tool_finding {
    char *name;    /* as in the manifest */
    char *says;    /* the first line of its version command, with " (pinned)" behind it where the checkout brings it
                    * (setup/toolchains.sh); NULL when that could not be run */
    char *version; /* the first dotted number in its output, "1.25.1"; NULL: none */
    char *problem; /* why it cannot be used, one sentence; NULL: it can */
};

struct toolchain {
    struct tool_finding *tools; /* in the manifest's order */
    size_t count;
};

/* Looks for every tool of the manifest and runs its version command, for 10 s at most each. A missing tool is a finding
 * and not an error: this fails only with ERROR_STOPPED, when `*stop` became true. `stop` may be NULL. Release with
 * toolchain_release. */
int toolchain_check(struct toolchain *toolchain, const struct manifest *manifest, const atomic_bool *stop,
                    struct error *err);
void toolchain_release(struct toolchain *toolchain);

/* The problem of the first tool that has one, borrowed; NULL: all tools can be used. */
const char *toolchain_problem(const struct toolchain *toolchain);

/* The version lines of all tools, each with the name of its tool, "; " between them, on the heap. */
char *toolchain_versions(const struct toolchain *toolchain);

/* The first dotted number in `text` ("1.25.1" in "go version go1.25.1 linux/amd64"), or else the first number, on the
 * heap; NULL when there is none. */
char *toolchain_version_in(const char *text);

#endif
