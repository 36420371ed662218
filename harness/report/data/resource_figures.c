#include "report/data/resource_figures.h"

#include "analysis/resource/resources.h"
#include "report/data/figure.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

static const char *unit_of(enum resource resource)
{
    static const char *const units[RESOURCE_COUNT] = {
        [RESOURCE_CPU] = "cores",
        [RESOURCE_THREAD] = "cores",
        [RESOURCE_QUOTA] = "cores",
        [RESOURCE_MEMORY] = "bytes",
        [RESOURCE_FILE_DESCRIPTORS] = "file descriptors",
        [RESOURCE_CONNECTIONS] = "connections",
        [RESOURCE_POOL] = "sessions",
        [RESOURCE_DEPENDENCY] = "share",
    };
    return units[resource];
}

static const char *end_of(enum resource_end end)
{
    static const char *const names[] = {
        [RESOURCE_END_UNKNOWN] = "not known",   [RESOURCE_END_OPEN] = "not exhausted",
        [RESOURCE_END_FLAT] = "does not grow",  [RESOURCE_END_FAR] = "far beyond",
        [RESOURCE_END_PROJECTED] = "projected", [RESOURCE_END_MEASURED] = "measured",
    };
    return names[end];
}

/* A load is a rate only where the rate doubles. */
static json_t *resource_of(const struct findings *findings, const struct resource_finding *found)
{
    bool rate = findings->scenario.doubling == DOUBLING_RATE;
    const char *unit = unit_of(found->resource);

    return figures_object((struct figure[]){
        {"resource", figure_text(resource_name(found->resource))},
        {"exhausted_at_rps", figure_where(rate, figure_number(found->exhausted_at))},
        {"measured", json_boolean(found->measured)},
        {"low_rps", figure_where(rate, figure_number(found->low))},
        {"high_rps", figure_where(rate, figure_number(found->high))},
        {"exhausted_at_level", figure_number(found->exhausted_at)},
        {"low_level", figure_number(found->low)},
        {"high_level", figure_number(found->high)},
        {"end", figure_text(end_of(found->end))},
        {"used", figure_number(found->used)},
        {"most", figure_number(found->most)},
        {"unit", figure_where(found->known, figure_text(unit))},
        {"used_at_level", figure_known(found->used_at)},
        {"needed_share_at_double", figure_number(found->doubled)},
        {"trials", figure_count(found->trials)},
        {"exhausted_in_trials", figure_count(found->exhausted_in)},
        {NULL, NULL},
    });
}

json_t *resource_figures(const struct findings *findings, const struct backend_finding *backend)
{
    json_t *array = json_array();

    for (size_t i = 0; i < backend->resource_count; i++) {
        json_array_append_new(array, resource_of(findings, &backend->resources[i]));
    }
    return array;
}

void resource_figures_add_first(json_t *object, const struct backend_finding *backend)
{
    static const struct resource_finding none = {.exhausted_at = NAN, .low = NAN, .high = NAN};
    const struct resource_finding *found = resource_first(backend);
    bool any = found != NULL;
    if (!any) {
        found = &none;
    }
    const struct figure figures[] = {
        {"runs_out_first", figure_where(any, figure_text(resource_name(found->resource)))},
        {"runs_out_at_level", figure_number(found->exhausted_at)},
        {"runs_out_low_level", figure_number(found->low)},
        {"runs_out_high_level", figure_number(found->high)},
        {"runs_out_known_by", figure_where(any, figure_text(end_of(found->end)))},
        {NULL, NULL},
    };
    figures_add(object, figures);
}
