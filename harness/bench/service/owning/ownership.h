/* ownership: what a backend costs its owner: the bytes to be shipped and the lines to be maintained. Its dependencies
 * are counted by lock_file. */
#ifndef TWOFOLD_BENCH_SERVICE_OWNING_OWNERSHIP_H
#define TWOFOLD_BENCH_SERVICE_OWNING_OWNERSHIP_H

#include "base/error.h"

#include <stdint.h>

/* The size of all files at and below the NULL-terminated `paths`, which are relative to `folder`. A file with several
 * names counts once. Symbolic links are followed only where `paths` itself names one. Fails when a path does not exist.
 */
int ownership_bytes(const char *folder, char *const *paths, uint64_t *ret_bytes, struct error *err);

/* The lines of all files that match one of the NULL-terminated glob `patterns`, relative to `folder`. Each file counts
 * once. "*" matches within a folder; "**" between slashes matches any number of folders; a name that begins with a dot
 * is matched only by a pattern with that dot. ERROR_INPUT when a pattern matches no file. */
int ownership_lines(const char *folder, char *const *patterns, uint64_t *ret_lines, struct error *err);

#endif
