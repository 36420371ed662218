#include "report/front/headroom_phrase.h"

#include "report/words/figures.h"
#include "report/words/resource_phrase.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>

/* What is in use because of what ran out, or belongs to the load generator, is no headroom of the service. */
static bool is_told(const struct resource_finding *found)
{
    return isfinite(found->doubled) && found->resource != RESOURCE_CONNECTIONS &&
           found->resource != RESOURCE_ACCEPT_QUEUE;
}

static int scarcest_first(const void *left, const void *right)
{
    const struct resource_finding *a = *(const struct resource_finding *const *)left;
    const struct resource_finding *b = *(const struct resource_finding *const *)right;

    if (a->doubled != b->doubled) {
        return a->doubled > b->doubled ? -1 : 1;
    }
    return (a->resource > b->resource) - (a->resource < b->resource);
}

static void add_one(struct text *out, const struct resource_finding *found)
{
    bool is_short = found->doubled > 1;

    text_format(out, "%s ", resource_phrase_name(found->resource));
    figures_share(out, fabs(found->doubled - 1));
    text_add(out, is_short ? " short" : " left");
}

bool headroom_phrase(struct text *out, const struct backend_finding *backend)
{
    const struct resource_finding *told[RESOURCE_COUNT];
    size_t count = 0;

    for (size_t i = 0; i < backend->resource_count && count < RESOURCE_COUNT; i++) {
        if (is_told(&backend->resources[i])) {
            told[count++] = &backend->resources[i];
        }
    }
    qsort(told, count, sizeof(const struct resource_finding *), scarcest_first);
    for (size_t i = 0; i < count && (i == 0 || told[i - 1]->doubled > 1); i++) {
        figures_separate(out, i, ", ");
        add_one(out, told[i]);
    }
    return count > 0;
}
