/* ownership: what a backend costs those who own it: the bytes that must be shipped and the lines that must be kept. How
 * many dependencies it brings along, lock_file says. */
#ifndef TWOFOLD_BENCH_SERVICE_OWNERSHIP_H
#define TWOFOLD_BENCH_SERVICE_OWNERSHIP_H

#include "base/error.h"

#include <stdint.h>

/* The bytes of all files at and below the NULL-terminated `paths`, relative to `folder`. A file counts once however
 * many names it has; symbolic links are followed only where `paths` itself names one. Fails when a path is missing. */
int ownership_bytes(const char *folder, char *const *paths, uint64_t *ret_bytes, struct error *err);

/* The lines of all files that match one of the NULL-terminated glob `patterns`, relative to `folder`; each file counts
 * once. "*" stays within a folder, "**" between slashes is any number of folders; names that begin with a dot match
 * only a pattern that writes the dot. ERROR_INPUT when a pattern matches no file. */
int ownership_lines(const char *folder, char *const *patterns, uint64_t *ret_lines, struct error *err);

#endif
