/* environment: what of this process's environment a child gets. A shell holds much that changes how a program runs
 * (GOGC, NODE_OPTIONS, LD_PRELOAD, PGSSLMODE), and secrets that are not meant for it. So a child gets what is on a
 * short list, what is named for it, and what the harness itself gives; everything else stays out. */
#ifndef TWOFOLD_HOST_PROCESS_ENVIRONMENT_H
#define TWOFOLD_HOST_PROCESS_ENVIRONMENT_H

#include <stdbool.h>
#include <stddef.h>

enum environment_purpose {
    ENVIRONMENT_RUN,   /* a service or a dependency: paths, language, time zone, folders of toolchains and caches */
    ENVIRONMENT_BUILD, /* a build or a version command: also proxies, certificates and registries */
};

struct environment {
    enum environment_purpose purpose;
    char *const *named; /* further ones, NULL-terminated: "NAME" passes on this process's value, if there is one;
                         * "NAME=value" sets it. NULL: none */
    char *const *given; /* "NAME=value", NULL-terminated, of the harness: they win over all others. NULL: none */
    const char *mark;   /* one more of these (host/proc/adopted.h); NULL: none */
};

/* All variables of the child, NULL-terminated, each name once. The strings are borrowed. Free it with
 * environment_free. */
char **environment_make(const struct environment *environment);
void environment_free(char *const *list);

/* "GOGC=200; API_TOKEN=(cut)": those of `named` that a child gets, the values of secrets cut out (base/secret.h), on
 * the heap. NULL: there are none. */
char *environment_describe(char *const *named);

#endif
