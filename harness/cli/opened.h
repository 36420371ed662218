/* opened: run logs that were read and judged, each with the name of its file. Reports, comparisons and pages are made
 * from them. */
#ifndef TWOFOLD_CLI_OPENED_H
#define TWOFOLD_CLI_OPENED_H

#include "analysis/findings.h"
#include "base/error.h"
#include "record/run_log.h"

#include <stddef.h>

/* The findings borrow from the log, so it must not be moved. */
struct opened {
    const char *file; /* without folders; borrowed */
    struct run_log log;
    struct findings findings;
};

/* Reads the run log at `file` and judges it. `limits` are changes of its limits, NULL-terminated; may be NULL. Release
 * with opened_release. */
int opened_read(struct opened *opened, const char *file, const char *const *limits, struct error *err);
void opened_release(struct opened *opened);

/* Reads all of them, in this order, or none. The caller frees the array with opened_free. */
int opened_read_all(struct opened **ret_opened, const char *const *files, size_t count, const char *const *limits,
                    struct error *err);
void opened_free(struct opened *opened, size_t count);

#endif
