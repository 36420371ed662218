#include "analysis/comparison/builds.h"

#include <string.h>

static bool same_text(const char *a, const char *b)
{
    return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

static bool same_build(const struct backend_record *a, const struct backend_record *b)
{
    bool known = a->artifact_hash != NULL && b->artifact_hash != NULL;

    return same_text(a->versions, b->versions) && (!known || strcmp(a->artifact_hash, b->artifact_hash) == 0);
}

/* Whether the runs of the side had another build than its first run had. */
static bool is_mixed(const struct compared_run *run, const struct backend_record *first)
{
    for (size_t i = 0; i < run->more_count; i++) {
        const struct backend_finding *finding = comparison_backend(run->more[i], first->name);
        if (finding != NULL && !same_build(first, finding->record)) {
            return true;
        }
    }
    return false;
}

void builds_find(const struct comparison *comparison, struct compared_backend *backend)
{
    const struct backend_record *first = NULL;

    backend->build_same = true;
    for (size_t run = 0; run < comparison->run_count; run++) {
        struct compared_side *side = &backend->sides[run];
        if (side->finding == NULL || side->finding->record->skipped != NULL) {
            continue;
        }
        if (first == NULL) {
            first = side->finding->record;
        }
        side->mixed = is_mixed(&comparison->runs[run], side->finding->record);
        /* Services that were named one by one are held against each other as the different things they are. */
        backend->build_same =
            backend->build_same && (comparison->name != NULL || same_build(first, side->finding->record));
    }
}
