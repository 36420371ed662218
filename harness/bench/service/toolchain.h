/* toolchain: whether the tools that a backend's manifest asks for are installed, and new enough. */
#ifndef TWOFOLD_BENCH_SERVICE_TOOLCHAIN_H
#define TWOFOLD_BENCH_SERVICE_TOOLCHAIN_H

#include "base/error.h"
#include "plan/manifest/manifest.h"

#include <stdatomic.h>
#include <stddef.h>

/* What was found of one tool. */
struct tool_finding {
    char *name;    /* as in the manifest */
    char *says;    /* the first line that it prints of its version; NULL when it did not come to that */
    char *version; /* the first dotted number in what it prints, "1.25.1"; NULL likewise */
    char *problem; /* why it will not do, one sentence; NULL: it will */
};

struct toolchain {
    struct tool_finding *tools; /* in the manifest's order */
    size_t count;
};

/* Look for every tool of the manifest and run its version command (10 s at most each). A tool that is missing is a
 * finding, not an error; fails only with ERROR_STOPPED, when `*stop` (or NULL) became true. */
int toolchain_check(struct toolchain *toolchain, const struct manifest *manifest, const atomic_bool *stop,
                    struct error *err);
void toolchain_release(struct toolchain *toolchain);

/* The problem of the first tool that has one, or NULL when all will do. The toolchain's own. */
const char *toolchain_problem(const struct toolchain *toolchain);

/* All that the tools say of their versions, each with its name in it, "; " between, on the heap. */
char *toolchain_versions(const struct toolchain *toolchain);

/* The first dotted number in `text` ("1.25.1" in "go version go1.25.1 linux/amd64"), or else the first number, on the
 * heap; NULL when there is none. */
char *toolchain_version_in(const char *text);

#endif
