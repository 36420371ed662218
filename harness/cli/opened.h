/* opened: run logs read and judged, each with its file's name: what reports, comparisons and pages are made of. */
#ifndef TWOFOLD_CLI_OPENED_H
#define TWOFOLD_CLI_OPENED_H

#include "analysis/findings.h"
#include "base/error.h"
#include "record/run_log.h"

#include <stddef.h>

/* Its findings borrow from its log, so it must stay where it is. */
struct opened {
    const char *file; /* without folders; borrowed */
    struct run_log log;
    struct findings findings;
};

/* Read the run log at `file` and judge it; `limits` are changes, NULL-terminated; may be NULL. */
int opened_read(struct opened *opened, const char *file, const char *const *limits, struct error *err);
void opened_release(struct opened *opened);

/* All of them, in this order, or none. The array is released with opened_free. */
int opened_read_all(struct opened **ret_opened, const char *const *files, size_t count, const char *const *limits,
                    struct error *err);
void opened_free(struct opened *opened, size_t count);

#endif
