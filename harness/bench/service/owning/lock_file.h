/* lock_file: how many packages of other authors a backend depends on, counted in the lock file of its language. */
#ifndef TWOFOLD_BENCH_SERVICE_OWNING_LOCK_FILE_H
#define TWOFOLD_BENCH_SERVICE_OWNING_LOCK_FILE_H

#include "base/error.h"

#include <stdint.h>

/* Counts by the name of the file:
 *   Cargo.lock                              packages with a source; the backend's own have none
 *   package-lock.json                       packages that production installs: neither "dev" nor links to own code
 *   requirements.lock, requirements.txt     pinned lines
 *   go.sum                                  modules whose content is hashed, not only their go.mod
 *   go.mod                                  0 if it has no requirement; otherwise go.sum must be counted
 * ERROR_INPUT for another name and for a malformed file. */
int lock_file_count(const char *path, uint64_t *ret_dependencies, struct error *err);

#endif
