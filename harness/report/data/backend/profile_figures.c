#include "report/data/backend/profile_figures.h"

#include "analysis/profile/break_profile.h"
#include "report/data/figure.h"

#include <stddef.h>

/* Those behind these are too small to matter. */
#define FUNCTIONS_MOST 30

static json_t *functions_of(const struct break_profile *profile)
{
    json_t *array = json_array();

    for (size_t i = 0; i < profile->count && i < FUNCTIONS_MOST; i++) {
        const struct profile_function *function = &profile->functions[i];
        json_array_append_new(array, figures_object((struct figure[]){
                                         {"function", figure_text(function->name)},
                                         {"share", figure_number(function->share)},
                                         {"share_before", figure_number(function->before)},
                                         {NULL, NULL},
                                     }));
    }
    return array;
}

static json_t *load_of(const struct profile_record *record)
{
    if (record == NULL) {
        return json_null();
    }
    return figures_object((struct figure[]){
        {"level", figure_count(record->level)},
        {"samples", figure_count(record->samples)},
        {"stacks", figure_text(record->stacks)},
        {"missing", figure_text(record->missing)},
        {NULL, NULL},
    });
}

json_t *profile_figures(const struct findings *findings, const struct backend_finding *backend)
{
    struct break_profile profile;
    json_t *object = NULL;

    break_profile_find(findings->log, backend->record->name, &profile);
    if (profile.broke != NULL) {
        object = figures_object((struct figure[]){
            {"broke", load_of(profile.broke)},
            {"held", load_of(profile.held)},
            {"functions", functions_of(&profile)},
            {"unresolved_share", figure_number(profile.unresolved)},
            {NULL, NULL},
        });
    }
    break_profile_release(&profile);
    return object;
}
