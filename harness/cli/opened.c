#include "opened.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *name_of(const char *file)
{
    const char *slash = strrchr(file, '/');
    return slash != NULL ? slash + 1 : file;
}

/* A table of figures has no place for it, so it is said beside every format. */
int opened_log(struct run_log *ret_log, const char *file, bool salvage, struct error *err)
{
    if (!salvage) {
        return run_log_read(ret_log, file, err);
    }
    if (run_log_salvage(ret_log, file, err) != 0) {
        return -1;
    }
    if (ret_log->warning != NULL) {
        fprintf(stderr, "twofold: %s: %s\n", file, ret_log->warning);
    }
    return 0;
}

int opened_read(struct opened *opened, const char *file, const struct opened_options *options, struct error *err)
{
    opened->file = name_of(file);
    if (opened_log(&opened->log, file, options->salvage, err) != 0) {
        return -1;
    }
    if (findings_make(&opened->findings, &opened->log, options->limits, err) != 0) {
        run_log_release(&opened->log);
        return error_context(err, "%s", file);
    }
    if (options->findings_only) {
        run_log_drop_readings(&opened->log);
    }
    return 0;
}

void opened_release(struct opened *opened)
{
    findings_release(&opened->findings);
    run_log_release(&opened->log);
}

int opened_read_all(struct opened **ret_opened, const char *const *files, size_t count,
                    const struct opened_options *options, struct error *err)
{
    struct opened *opened = mem_new(count, sizeof *opened);

    for (size_t i = 0; i < count; i++) {
        if (opened_read(&opened[i], files[i], options, err) != 0) {
            opened_free(opened, i);
            return -1;
        }
    }
    *ret_opened = opened;
    return 0;
}

void opened_free(struct opened *opened, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        opened_release(&opened[i]);
    }
    free(opened);
}
