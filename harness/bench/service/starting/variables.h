/* variables: what services are started with, as lists of "NAME=value". */
#ifndef TWOFOLD_BENCH_SERVICE_STARTING_VARIABLES_H
#define TWOFOLD_BENCH_SERVICE_STARTING_VARIABLES_H

#include "plan/manifest/manifest.h"
#include "plan/scenario/scenario.h"

#include <stdint.h>

/* The variables of `given` and those of `more`; both are NULL-terminated, or NULL for none. NULL-terminated and on the
 * heap: free it with file_list_free. */
char **variables_join(char *const *given, char *const *more);

/* How much memory a service may use, all its processes together: its box's, or what the scenario allows. 0: neither
 * says. `scenario` can be NULL. */
uint64_t variables_memory(const struct manifest *manifest, const struct scenario *scenario);

#endif
