/* manifest: a service that takes part in a run: the backend.json of its folder, read and checked, or one that runs
 * already. */
#ifndef TWOFOLD_PLAN_MANIFEST_MANIFEST_H
#define TWOFOLD_PLAN_MANIFEST_MANIFEST_H

#include "base/error.h"
#include "plan/box.h"
#include "plan/manifest/attachment.h"

#include <stdbool.h>
#include <stddef.h>

/* An argument vector: NULL-terminated. argv[0] with a slash in it is relative to the backend's folder. */
struct command {
    char **argv;
};

struct tool {
    char *name;             /* looked for on PATH */
    struct command version; /* prints the version, which is the first dotted number of its output */
    char *least;            /* the lowest version that works, "1.25" */
};

/* Asked for until the service is ready, where its manifest names no other path. */
#define MANIFEST_READY "/healthz"

struct manifest {
    char *folder;    /* path of the backend's folder, no slash at the end */
    char *name;      /* what the service is called */
    bool own;        /* its folder was named by its path: it is not one of backends/ */
    char *wrong;     /* why its backend.json cannot be used: a message that names the file. Of the others only `folder`,
                      * `name` and `own` are there then. NULL: it can be used */
    bool is_default; /* it is measured where no service is named */
    char *variant_of;  /* the service of backends/ whose folder it is built and run in, and which it is but for what its
                        * own file says; NULL: it is none */
    char *language;    /* NULL: not told */
    char *framework;   /* NULL: not told */
    char *class;       /* "production" or "tuned" */
    char *why;         /* NULL: not told */
    char **operations; /* NULL-terminated: the operationIds of the sample contract (backends/contract) that it serves;
                        * NULL: it is another service, which that contract says nothing of */
    char *ready;       /* the path of a GET that is answered with a 2xx once the service is ready */
    struct command verify; /* its own verifier, run in the folder; argv NULL: it has none */
    struct tool *tools;
    size_t tool_count;
    struct command *build; /* one after another, in the folder */
    size_t build_count;
    struct command run;
    char **environment; /* NULL-terminated: "NAME" (passed on from the user's) or "NAME=value", which its build and run
                         * get beside the usual ones; NULL: none */
    char **artifacts;   /* NULL-terminated; relative to the folder; NULL: not told */
    struct command runtime; /* prints the paths, one a line, of what must lie beside the artifacts on an empty machine;
                             * argv NULL: nothing, or not told */
    char *lock;             /* or NULL: no dependency at all, or not told */
    struct command dependencies; /* prints what is compiled or loaded of others, one a line, of which equal ones count
                                  * once; argv NULL: those of the lock file count */
    char *rebuild_file, *rebuild_line; /* a source, relative to the folder, and a line that is fit to stand at its end:
                                        * the change after which the time of a build is taken; NULL: not told */
    char **sources;                    /* NULL-terminated glob patterns; relative to the folder; NULL: not told */
    char *change; /* a patch of the folder: what a prescribed change of the service takes; NULL: not told */
    struct attachment *attached; /* a service that runs already: of the members above only the name is there; NULL: one
                                  * that is built and started */
    struct box box; /* what it may use once it is started; no part of the file, and nothing is limited at first */
    char *unboxed;  /* its name without the box behind it; NULL: there is none behind it (boxed.h) */
};

/* Read FOLDER/backend.json, of a folder in backends/: the service is called as the folder, and a "name" that says
 * something else is wrong. ERROR_INPUT where anything is wrong, such as an unknown key; the manifest is untouched then.
 */
int manifest_read(struct manifest *manifest, const char *folder, struct error *err);

/* The same of a folder anywhere, which may be called otherwise than the service. Without a "name" the name is NULL:
 * own_folders.h says what the service is called. */
int manifest_read_own(struct manifest *manifest, const char *folder, struct error *err);
void manifest_release(struct manifest *manifest);

/* A folder whose backend.json cannot be used. */
struct wrong_manifest {
    char *name; /* of the folder; NULL ends a list */
    char *why;  /* a message that names the file */
};

/* The manifests of all folders under `backends` that hold a backend.json, sorted by name. The caller releases each and
 * frees the array. Those that are wrong go into *ret_wrong, and the others are none the worse for it. */
int manifest_list(const char *backends, struct manifest **ret_manifests, size_t *ret_count,
                  struct wrong_manifest **ret_wrong, struct error *err);
void manifest_wrong_free(struct wrong_manifest *wrong);

/* -1, 0 or 1 where version `a` is below, equal to or above `b`, compared number by number ("1.9" < "1.25"). */
int manifest_compare_versions(const char *a, const char *b);

#endif
