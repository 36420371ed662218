/* lock_file: how many packages of others a backend brings along, counted in the lock file of its language. */
#ifndef TWOFOLD_BENCH_SERVICE_LOCK_FILE_H
#define TWOFOLD_BENCH_SERVICE_LOCK_FILE_H

#include "base/error.h"

#include <stdint.h>

/* Count by the file's name:
 *   Cargo.lock                              packages with a source, which one's own have not
 *   package-lock.json                       what is installed in production: neither "dev" nor a link to one's own
 *   requirements.lock, requirements.txt     pinned lines
 *   go.sum                                  modules whose content is hashed, not only their go.mod
 *   go.mod                                  0: only without any requirement, else go.sum must be counted
 * ERROR_INPUT for another name and for what is not such a file. */
int lock_file_count(const char *path, uint64_t *ret_dependencies, struct error *err);

#endif
