#include "report/compare/comparison_json.h"

#include "analysis/capacity/capacity.h"
#include "analysis/cause/cause.h"
#include "report/compare/comparison_conclusion.h"
#include "report/compare/comparison_verdict.h"
#include "report/compare/comparison_words.h"
#include "report/data/figure.h"
#include "report/data/run_figures.h"
#include "report/words/figures.h"
#include "report/words/limit_phrase.h"
#include "report/words/reason.h"

#include <stdbool.h>
#include <stddef.h>

#define SCHEMA 2

static json_t *difference_of(const struct setup_difference *difference)
{
    return figures_object((struct figure[]){
        {"key", figure_text(difference->key)},
        {"run", figure_text(comparison_words_letter(difference->run))},
        {"first", figure_text(difference->first)},
        {"here", figure_text(difference->here)},
        {NULL, NULL},
    });
}

static json_t *differences_of(const struct comparison *comparison)
{
    json_t *array = json_array();
    for (size_t i = 0; i < comparison->unlike_count; i++) {
        json_array_append_new(array, difference_of(&comparison->unlike[i]));
    }
    return array;
}

static json_t *run_of(const struct comparison *comparison, size_t run)
{
    const struct findings *findings = comparison->runs[run].findings;
    const struct run_log *log = findings->log;
    json_t *object = figures_object((struct figure[]){
        {"label", figure_text(comparison_words_letter(run))},
        {"file", figure_text(comparison->runs[run].file)},
        {"runs", figure_count(1 + comparison->runs[run].more_count)},
        {"service", figure_text(comparison->runs[run].service)},
        {"started", figure_text(log->run.started)},
        {"complete", json_boolean(run_log_complete(log))},
        {"harness_version", figure_text(log->run.harness_version)},
        {"trials", figure_count(log->run.trials)},
        {"scenario", figure_text(findings->scenario.name)},
        {"scenario_hash", figure_text(log->run.scenario_hash)},
        {"profile", figure_text(profile_name(findings->profile))},
        {NULL, NULL},
    });

    run_figures_add_place(object, findings);
    return object;
}

static json_t *runs_of(const struct comparison *comparison)
{
    json_t *array = json_array();
    for (size_t run = 0; run < comparison->run_count; run++) {
        json_array_append_new(array, run_of(comparison, run));
    }
    return array;
}

static json_t *order_of_run(const struct comparison *comparison, size_t run)
{
    struct comparison_place *order = comparison_order(comparison, run);
    json_t *names = json_array();

    for (size_t i = 0; i < comparison->shared_count; i++) {
        json_array_append_new(names, figure_text(order[i].finding->record->name));
    }
    free(order);
    return names;
}

static json_t *order_of(const struct comparison *comparison)
{
    json_t *runs = json_array();

    for (size_t run = 0; run < comparison->run_count; run++) {
        json_array_append_new(runs, order_of_run(comparison, run));
    }
    return figures_object((struct figure[]){
        {"same", figure_bool_where(comparison->shared_count > 1, comparison->order_same)},
        {"runs", runs},
        {NULL, NULL},
    });
}

static json_t *change_of(const struct change *change)
{
    static const char *const names[] = {[DIFFERENCE_NOT_KNOWN] = "not_known",
                                        [DIFFERENCE_NOT_SEEN] = "not_seen",
                                        [DIFFERENCE_UNPROVEN] = "unproven",
                                        [DIFFERENCE_HERE] = "in_these_runs",
                                        [DIFFERENCE_SEEN] = "seen"};
    bool bounded = change->difference != DIFFERENCE_NOT_KNOWN && change->confidence > 0;
    struct text words = {0};

    comparison_words_change(&words, change);
    return figures_object((struct figure[]){
        {"difference", figure_text(names[change->difference])},
        {"ratio", figure_number(change->ratio)},
        {"low", figure_where(bounded, figure_number(change->low))},
        {"high", figure_where(bounded, figure_number(change->high))},
        {"confidence", figure_where(bounded, figure_number(change->confidence))},
        {"p", figure_number(change->p)},
        {"p_adjusted", figure_number(change->p_adjusted)},
        {"text", figure_words(&words)},
        {NULL, NULL},
    });
}

static json_t *figure_of(const struct compared_figure *figure, bool first)
{
    json_t *trials = json_array();

    for (size_t i = 0; i < figure->trial_count; i++) {
        json_array_append_new(trials, figure_number(figure->trials[i]));
    }
    return figures_object((struct figure[]){
        {"value", figure_number(figure->middle)},
        {"trials", trials},
        {"change", figure_where(!first, change_of(&figure->change))},
        {NULL, NULL},
    });
}

static json_t *figures_of(const struct compared_side *side, bool first)
{
    return figures_object((struct figure[]){
        {"capacity", figure_of(&side->figures[COMPARED_CAPACITY], first)},
        {"relative", figure_of(&side->figures[COMPARED_RELATIVE], first)},
        {"cpu_ns_per_request", figure_of(&side->figures[COMPARED_CPU], first)},
        {"rss_peak_bytes", figure_of(&side->figures[COMPARED_MEMORY], first)},
        {"p99_ns", figure_of(&side->figures[COMPARED_P99], first)},
        {NULL, NULL},
    });
}

/* In the order of the loads at which they break. */
static json_t *breaks_of(const struct backend_finding *finding)
{
    json_t *array = json_array();
    for (size_t i = 0; finding != NULL && i < finding->limit_count && finding->limits[i].breaks; i++) {
        struct text name = {0};
        limit_write(&name, finding->limits[i].limit, finding->limits[i].request);
        json_array_append_new(array, figure_words(&name));
    }
    return array;
}

static void add_break(json_t *object, const struct backend_finding *finding)
{
    const struct step_finding *step = comparison_first_break(finding);
    struct text order = {0};

    limit_phrase_order(&order, finding);
    const struct figure figures[] = {
        {"breaks", breaks_of(finding)},
        {"cause", figure_text(step != NULL ? cause_name(step->cause.cause) : NULL)},
        {"breaks_text", figure_words(&order)},
        {"cause_text", figure_text(step != NULL ? reason_cause(step) : NULL)},
        {NULL, NULL},
    };
    figures_add(object, figures);
}

static void add_levels(json_t *object, const struct backend_finding *finding)
{
    static const struct backend_finding nothing = {0};
    const struct backend_finding *known = capacity_judged(finding) ? finding : &nothing;
    const struct figure figures[] = {
        {"capacity_level", figure_where(known->holds, figure_count(known->holds_at))},
        {"capacity_is_least", json_boolean(known->holds && !known->breaks)},
        {"breaks_at_level", figure_where(known->breaks, figure_count(known->breaks_at))},
        {NULL, NULL},
    };
    figures_add(object, figures);
}

static json_t *rung_of(const struct step_finding *step)
{
    return figures_object((struct figure[]){
        {"level", figure_count(step->record->level)},
        {"verdict", figure_text(verdict_name(step->verdict.verdict))},
        {"p50_ns", figure_known(step->p50_ns == NO_TIME ? 0 : step->p50_ns)},
        {"p99_ns", figure_known(step->p99_ns == NO_TIME ? 0 : step->p99_ns)},
        {NULL, NULL},
    });
}

/* The steps of the trial that stands for the service. */
static json_t *ladder_of(const struct backend_finding *finding)
{
    json_t *array = json_array();

    for (size_t i = 0; finding != NULL && i < finding->step_count; i++) {
        if (finding->steps[i].record->trial == finding->standing_trial) {
            json_array_append_new(array, rung_of(&finding->steps[i]));
        }
    }
    return array;
}

static json_t *side_of(const struct compared_backend *backend, const struct findings *findings, size_t run)
{
    const struct compared_side *side = &backend->sides[run];
    const struct backend_finding *finding = side->finding;
    struct text absence = {0}, holds = {0};

    reason_absence(&absence, finding);
    figures_capacity(&holds, &findings->scenario, finding);
    json_t *object = figures_object((struct figure[]){
        {"label", figure_text(comparison_words_letter(run))},
        {"versions", figure_text(finding != NULL ? finding->record->versions : NULL)},
        {"environment", figure_text(finding != NULL ? finding->record->environment : NULL)},
        {"builds_mixed", json_boolean(side->mixed)},
        {"absent", figure_words(&absence)},
        {"holds", figure_words(&holds)},
        {NULL, NULL},
    });
    add_levels(object, finding);
    add_break(object, finding);
    figures_add(object, (struct figure[]){
                            {"better", figure_text(run > 0 ? comparison_verdict_name(backend, run) : NULL)},
                            {"figures", figures_of(side, run == 0)},
                            {"ladder", ladder_of(finding)},
                            {NULL, NULL},
                        });
    return object;
}

static json_t *sides_of(const struct comparison *comparison, const struct compared_backend *backend)
{
    json_t *array = json_array();
    for (size_t run = 0; run < comparison->run_count; run++) {
        json_array_append_new(array, side_of(backend, comparison->runs[run].findings, run));
    }
    return array;
}

static json_t *backend_of(const struct comparison *comparison, const struct compared_backend *backend)
{
    static const char *const agreements[] = {[AGREEMENT_NOT_KNOWN] = NULL,
                                             [AGREEMENT_SAME] = "same",
                                             [AGREEMENT_FIRST] = "first",
                                             [AGREEMENT_NONE] = "different"};
    struct text common = {0};

    if (backend->common_level > 0) {
        figures_level(&common, &comparison->runs[0].findings->scenario, backend->common_level);
    }
    return figures_object((struct figure[]){
        {"name", figure_text(backend->name)},
        {"judged_runs", figure_count(backend->judged)},
        {"common_level", figure_known(backend->common_level)},
        {"common_load", figure_words(&common)},
        {"limits_order", figure_text(agreements[backend->order])},
        {"cause_same", figure_bool_where(backend->order != AGREEMENT_NOT_KNOWN, backend->cause_same)},
        {"build_same", json_boolean(backend->build_same)},
        {"environment_same", json_boolean(backend->environment_same)},
        {"runs", sides_of(comparison, backend)},
        {NULL, NULL},
    });
}

static json_t *backends_of(const struct comparison *comparison)
{
    json_t *array = json_array();
    for (size_t i = 0; i < comparison->backend_count; i++) {
        json_array_append_new(array, backend_of(comparison, &comparison->backends[i]));
    }
    return array;
}

static json_t *changes_of(const struct comparison *comparison)
{
    json_t *array = json_array();

    for (size_t run = 1; run < comparison->run_count; run++) {
        for (size_t k = 0; k < COMPARED_COUNT; k++) {
            struct text change = {0};
            comparison_conclusion_change(&change, comparison, run, (enum compared)k);
            json_array_append_new(array, figure_words(&change));
        }
    }
    return array;
}

static json_t *services_of(const struct comparison *comparison)
{
    json_t *array = json_array();

    for (size_t i = 0; i < comparison->backend_count; i++) {
        struct text service = {0};
        comparison_conclusion_backend(&service, comparison, &comparison->backends[i]);
        json_array_append_new(array, figure_words(&service));
    }
    return array;
}

static json_t *better_of(const struct comparison *comparison)
{
    json_t *array = json_array();

    for (size_t i = 0; i < comparison->backend_count; i++) {
        for (size_t run = 1; run < comparison->run_count; run++) {
            struct text sentence = {0};
            comparison_verdict_write(&sentence, comparison, &comparison->backends[i], run);
            json_array_append_new(array, figure_words(&sentence));
        }
    }
    return array;
}

static json_t *answers_of(const struct comparison *comparison)
{
    struct text order = {0}, trials = {0};

    comparison_conclusion_order(&order, comparison);
    comparison_conclusion_trials(&trials, comparison);
    return figures_object((struct figure[]){
        {"better", better_of(comparison)},
        {"order", figure_words(&order)},
        {"changes", changes_of(comparison)},
        {"services", services_of(comparison)},
        {"trials", figure_words(&trials)},
        {NULL, NULL},
    });
}

json_t *comparison_json(const struct comparison *comparison)
{
    struct text unlike = {0};

    if (comparison->unlike_count > 0) {
        comparison_words_unlike(&unlike, comparison);
    }
    return figures_object((struct figure[]){
        {"schema", figure_count(SCHEMA)},
        {"comparable", json_boolean(comparison->unlike_count == 0)},
        {"unlike", differences_of(comparison)},
        {"unlike_text", figure_words(&unlike)},
        {"paired", json_boolean(comparison->paired)},
        {"runs", runs_of(comparison)},
        {"order", order_of(comparison)},
        {"answers", answers_of(comparison)},
        {"backends", backends_of(comparison)},
        {NULL, NULL},
    });
}

void comparison_json_write(const struct comparison *comparison, struct text *out)
{
    json_t *object = comparison_json(comparison);

    figures_write(object, out);
    json_decref(object);
}
