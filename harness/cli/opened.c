#include "opened.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static const char *name_of(const char *file)
{
    const char *slash = strrchr(file, '/');
    return slash != NULL ? slash + 1 : file;
}

int opened_read(struct opened *opened, const char *file, const char *const *limits, struct error *err)
{
    opened->file = name_of(file);
    if (run_log_read(&opened->log, file, err) != 0) {
        return -1;
    }
    if (findings_make(&opened->findings, &opened->log, limits, err) != 0) {
        run_log_release(&opened->log);
        return error_context(err, "%s", file);
    }
    return 0;
}

void opened_release(struct opened *opened)
{
    findings_release(&opened->findings);
    run_log_release(&opened->log);
}

int opened_read_all(struct opened **ret_opened, const char *const *files, size_t count, const char *const *limits,
                    struct error *err)
{
    struct opened *opened = mem_new(count, sizeof *opened);

    for (size_t i = 0; i < count; i++) {
        if (opened_read(&opened[i], files[i], limits, err) != 0) {
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
