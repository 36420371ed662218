/* variables: what services are started with, as lists of "NAME=value". */
#ifndef TWOFOLD_BENCH_SERVICE_STARTING_VARIABLES_H
#define TWOFOLD_BENCH_SERVICE_STARTING_VARIABLES_H

/* The variables of `given` and those of `more`; both are NULL-terminated, or NULL for none. NULL-terminated and on the
 * heap: free it with file_list_free. */
char **variables_join(char *const *given, char *const *more);

#endif
