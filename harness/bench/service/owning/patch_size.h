/* patch_size: how much a patch changes: the measure of what one prescribed change of a service takes. */
#ifndef TWOFOLD_BENCH_SERVICE_OWNING_PATCH_SIZE_H
#define TWOFOLD_BENCH_SERVICE_OWNING_PATCH_SIZE_H

#include "base/error.h"

#include <stdint.h>

struct patch_size {
    uint64_t files; /* that it changes, makes or removes */
    uint64_t lines; /* that it takes away and that it adds: one that is changed counts twice */
};

/* Reads a patch in the unified format (`git diff`, `diff -u`). ERROR_INPUT where it changes nothing, or is cut short.
 */
int patch_size_read(const char *path, struct patch_size *ret_size, struct error *err);

#endif
