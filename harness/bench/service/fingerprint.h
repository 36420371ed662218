/* fingerprint: what tells one build of a service from another: a hash of all that it ships. */
#ifndef TWOFOLD_BENCH_SERVICE_FINGERPRINT_H
#define TWOFOLD_BENCH_SERVICE_FINGERPRINT_H

#include "base/error.h"

/* The SHA-256, in hex and on the heap, of all files at and below the NULL-terminated `paths`, which are relative to
 * `folder`: of their names, of whether they can be run, and of their contents. Symbolic links are followed only where
 * `paths` itself names one; of any other the target's name counts. Folders called __pycache__ are left out: Python
 * writes them while the service runs. Times and owners do not count, so that a build that gives the same bytes has the
 * same fingerprint. Fails when a path does not exist or a file cannot be read. */
int fingerprint_make(const char *folder, char *const *paths, char **ret_hex, struct error *err);

#endif
