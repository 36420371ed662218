/* manifest: a backend's backend.json, read and checked. */
#ifndef TWOFOLD_PLAN_MANIFEST_MANIFEST_H
#define TWOFOLD_PLAN_MANIFEST_MANIFEST_H

#include "base/error.h"

#include <stddef.h>

/* An argument vector: NULL-terminated. argv[0] with a slash in it is relative to the backend's folder. */
struct command {
    char **argv;
};

struct tool {
    char *name;             /* looked for on PATH */
    struct command version; /* prints the version; its first dotted number counts */
    char *least;            /* the lowest version that works, "1.25" */
};

struct manifest {
    char *folder; /* path of the backend's folder, no slash at the end */
    char *name;   /* as the folder */
    char *language;
    char *framework;
    char *class; /* "production" or "tuned" */
    char *why;
    char **operations; /* NULL-terminated operationIds of the contract; only these are served. NULL: all of them */
    struct tool *tools;
    size_t tool_count;
    struct command *build; /* one after another, in the folder */
    size_t build_count;
    struct command run;
    char **artifacts; /* NULL-terminated; relative to the folder */
    char *lock;       /* or NULL: no dependency at all */
    char **sources;   /* NULL-terminated glob patterns; relative to the folder */
};

/* Read FOLDER/backend.json. ERROR_INPUT on anything wrong: an unknown key, a name that is not the folder's, … */
int manifest_read(struct manifest *manifest, const char *folder, struct error *err);
void manifest_release(struct manifest *manifest);

/* Every folder under `backends` that holds a backend.json, by name; one that is wrong fails the whole.
 * The caller releases each and frees the array. */
int manifest_list(const char *backends, struct manifest **ret_manifests, size_t *ret_count, struct error *err);

/* -1, 0, 1 as version `a` is below, equal to, above `b`, number by number ("1.9" < "1.25"). */
int manifest_compare_versions(const char *a, const char *b);

#endif
