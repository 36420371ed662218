#include "report/data/backend/reliability_figures.h"

#include "report/data/figure.h"
#include "report/data/step_figures.h"
#include "report/words/reliability/death_phrase.h"

#include <stddef.h>

static json_t *failed_trials_of(const struct failed_trial *trials, size_t count)
{
    json_t *array = json_array();

    for (size_t i = 0; i < count; i++) {
        const struct failed_trial *failed = &trials[i];
        json_array_append_new(array, figures_object((struct figure[]){
                                         {"trial", figure_count((uint64_t)failed->trial + 1)},
                                         {"fault", figure_text(failed->harness_fault ? "harness" : "service")},
                                         {"reason", figure_text(failed->why)},
                                         {NULL, NULL},
                                     }));
    }
    return array;
}

static json_t *deaths_of(const struct findings *findings, const struct backend_finding *backend)
{
    json_t *array = json_array();

    for (size_t i = 0; i < backend->death_count; i++) {
        const struct process_death *death = &backend->deaths[i];
        struct text words = {0};
        death_phrase(&words, findings, death);
        json_array_append_new(array, figures_object((struct figure[]){
                                         {"trial", figure_count((uint64_t)death->step->trial + 1)},
                                         {"part", figure_text(trial_part_name(death->part))},
                                         {"level", figure_count(death->step->level)},
                                         {"in_warmup", json_boolean(death->in_warmup)},
                                         {"at_ms", figure_where(!death->in_warmup, figure_ms(death->at_ns))},
                                         {"death", step_figures_death(&death->step->death)},
                                         {"for_memory", json_boolean(death->for_memory)},
                                         {"in_words", figure_words(&words)},
                                         {NULL, NULL},
                                     }));
    }
    return array;
}

static json_t *audit_gaps_of(const struct backend_finding *backend)
{
    json_t *array = json_array();

    for (size_t i = 0; i < backend->audit_gap_count; i++) {
        const struct audit_gap *gap = &backend->audit_gaps[i];
        json_array_append_new(array, figures_object((struct figure[]){
                                         {"trial", figure_count((uint64_t)gap->trial + 1)},
                                         {"reason", figure_text(gap->why)},
                                         {NULL, NULL},
                                     }));
    }
    return array;
}

static json_t *mendings_of(const struct backend_finding *backend)
{
    json_t *array = json_array();

    for (size_t i = 0; i < backend->mending_count; i++) {
        const struct mending *mending = &backend->mendings[i];
        struct text words = {0};
        dependency_faults_phrase(&words, &mending->what);
        json_array_append_new(array, figures_object((struct figure[]){
                                         {"trial", figure_count((uint64_t)mending->trial + 1)},
                                         {"level", figure_count(mending->level)},
                                         {"inside_trial", json_boolean(mending->inside_trial)},
                                         {"reason", figure_words(&words)},
                                         {NULL, NULL},
                                     }));
    }
    return array;
}

void reliability_figures_add(json_t *object, const struct findings *findings, const struct backend_finding *backend)
{
    figures_add(object, (struct figure[]){
                            {"trials_failed", figure_count(backend->failed_trial_count)},
                            {"failed_trials", failed_trials_of(backend->failed_trials, backend->failed_trial_count)},
                            {"trials_ended_early", failed_trials_of(backend->early_ends, backend->early_end_count)},
                            {"deaths", deaths_of(findings, backend)},
                            {"audit_gaps", audit_gaps_of(backend)},
                            {"dependencies_mended", mendings_of(backend)},
                            {NULL, NULL},
                        });
}
