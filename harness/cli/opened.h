/* opened: run logs that were read and judged, each with the name of its file. Reports, comparisons and pages are made
 * from them. */
#ifndef TWOFOLD_CLI_OPENED_H
#define TWOFOLD_CLI_OPENED_H

#include "analysis/findings.h"
#include "base/error.h"
#include "record/run_log.h"

#include <stdbool.h>
#include <stddef.h>

/* The findings borrow from the log, so it must not be moved. */
struct opened {
    const char *file; /* without folders; borrowed */
    struct run_log log;
    struct findings findings;
};

struct opened_options {
    const char *const *limits; /* changes of the run's limits, NULL-terminated; may be NULL */
    bool salvage;              /* read around damaged lines; what was left out is said on standard error */
    bool findings_only;        /* let go of what the findings were made of (run_log_drop_readings) */
};

/* Reads the run log at `file`, and salvages it if asked to. */
int opened_log(struct run_log *ret_log, const char *file, bool salvage, struct error *err);

/* Reads the run log at `file` and judges it. Release with opened_release. */
int opened_read(struct opened *opened, const char *file, const struct opened_options *options, struct error *err);
void opened_release(struct opened *opened);

/* Reads all of them, in this order, or none. The caller frees the array with opened_free. */
int opened_read_all(struct opened **ret_opened, const char *const *files, size_t count,
                    const struct opened_options *options, struct error *err);
void opened_free(struct opened *opened, size_t count);

#endif
