#include "report/compare/comparison_json.h"

#include "analysis/cause/cause.h"
#include "report/compare/comparison_conclusion.h"
#include "report/compare/comparison_words.h"
#include "report/data/json_run.h"
#include "report/data/json_value.h"
#include "report/words/breach.h"
#include "report/words/figures.h"
#include "report/words/reason.h"

#include <math.h>
#include <stdlib.h>

#define SCHEMA 1

/* Null for an empty one. */
static json_t *take(struct text *text)
{
    json_t *value = json_value_text(text->length > 0 ? text->data : NULL);
    text_release(text);
    return value;
}

static json_t *unlike_of(const struct comparison *comparison)
{
    json_t *array = json_array();
    for (size_t i = 0; i < comparison->unlike_count; i++) {
        const struct setup_difference *unlike = &comparison->unlike[i];
        json_t *object = json_object();
        json_object_set_new(object, "key", json_value_text(unlike->key));
        json_object_set_new(object, "run", json_value_text(comparison_words_letter(unlike->run)));
        json_object_set_new(object, "first", json_value_text(unlike->first));
        json_object_set_new(object, "here", json_value_text(unlike->here));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *run_of(const struct comparison *comparison, size_t run)
{
    const struct findings *findings = comparison->runs[run].findings;
    const struct run_log *log = findings->log;
    json_t *object = json_object();

    json_object_set_new(object, "label", json_value_text(comparison_words_letter(run)));
    json_object_set_new(object, "file", json_value_text(comparison->runs[run].file));
    json_object_set_new(object, "started", json_value_text(log->run.started));
    json_object_set_new(object, "complete", json_boolean(log->end.present && !log->end.interrupted));
    json_object_set_new(object, "harness_version", json_value_text(log->run.harness_version));
    json_object_set_new(object, "trials", json_value_count(log->run.trials));
    json_object_set_new(object, "scenario", json_value_text(findings->scenario.name));
    json_object_set_new(object, "scenario_hash", json_value_text(log->run.scenario_hash));
    json_object_set_new(object, "profile", json_value_text(profile_name(findings->profile)));
    json_object_set_new(object, "machine", json_run_machine(&log->run.machine));
    json_object_set_new(object, "cores", json_run_cores(findings));
    json_object_set_new(object, "calibration", json_run_calibration(&log->run.calibration));
    return object;
}

static json_t *order_of_run(const struct comparison *comparison, size_t run)
{
    struct comparison_order order;
    json_t *names = json_array();

    comparison_order_find(comparison, run, &order);
    for (size_t i = 0; i < order.count; i++) {
        json_array_append_new(names, json_value_text(order.findings[i]->record->name));
    }
    comparison_order_release(&order);
    return names;
}

static json_t *order_of(const struct comparison *comparison)
{
    json_t *object = json_object(), *runs = json_array();

    for (size_t run = 0; run < comparison->run_count; run++) {
        json_array_append_new(runs, order_of_run(comparison, run));
    }
    json_object_set_new(object, "same",
                        comparison->shared_count > 1 ? json_boolean(comparison->order_same) : json_null());
    json_object_set_new(object, "runs", runs);
    return object;
}

static json_t *change_of(const struct change *change)
{
    static const char *const names[] = {[DIFFERENCE_NOT_KNOWN] = "not_known",
                                        [DIFFERENCE_NOT_SEEN] = "not_seen",
                                        [DIFFERENCE_UNPROVEN] = "unproven",
                                        [DIFFERENCE_SEEN] = "seen"};
    bool interval = change->difference != DIFFERENCE_NOT_KNOWN && change->confidence > 0;
    json_t *object = json_object();
    struct text words = {0};

    json_object_set_new(object, "difference", json_value_text(names[change->difference]));
    json_object_set_new(object, "ratio", json_value_number(change->ratio));
    json_object_set_new(object, "low", interval ? json_value_number(change->low) : json_null());
    json_object_set_new(object, "high", interval ? json_value_number(change->high) : json_null());
    json_object_set_new(object, "confidence", interval ? json_value_number(change->confidence) : json_null());
    comparison_words_change(&words, change);
    json_object_set_new(object, "text", take(&words));
    return object;
}

static json_t *figure_of(const struct compared_figure *figure, bool first)
{
    json_t *object = json_object(), *trials = json_array();

    for (size_t i = 0; i < figure->trial_count; i++) {
        json_array_append_new(trials, json_value_number(figure->trials[i]));
    }
    json_object_set_new(object, "value", json_value_number(figure->middle));
    json_object_set_new(object, "trials", trials);
    json_object_set_new(object, "change", first ? json_null() : change_of(&figure->change));
    return object;
}

static json_t *figures_of(const struct compared_side *side, bool first)
{
    static const char *const keys[COMPARED_COUNT] = {[COMPARED_CAPACITY] = "capacity",
                                                     [COMPARED_RELATIVE] = "relative",
                                                     [COMPARED_CPU] = "cpu_ns_per_request",
                                                     [COMPARED_MEMORY] = "rss_peak_bytes",
                                                     [COMPARED_P99] = "p99_ns"};
    json_t *object = json_object();

    for (size_t k = 0; k < COMPARED_COUNT; k++) {
        json_object_set_new(object, keys[k], figure_of(&side->figures[k], first));
    }
    return object;
}

static void add_break(json_t *object, const struct backend_finding *finding)
{
    const struct step_finding *step = comparison_first_break(finding);
    json_t *limits = json_array();
    struct text order = {0};

    for (size_t i = 0; step != NULL && i < step->verdict.breach_count; i++) {
        json_array_append_new(limits, json_value_text(limit_name(step->verdict.breaches[i].limit)));
    }
    json_object_set_new(object, "breaks", limits);
    json_object_set_new(object, "cause", step != NULL ? json_value_text(cause_name(step->cause.cause)) : json_null());
    breach_order(&order, step);
    json_object_set_new(object, "breaks_text", take(&order));
    json_object_set_new(object, "cause_text", json_value_text(step != NULL ? reason_cause(step) : NULL));
}

static void add_levels(json_t *object, const struct backend_finding *finding)
{
    const struct backend_finding *known = comparison_judged(finding) ? finding : NULL;
    bool holds = known != NULL && known->holds, breaks = known != NULL && known->breaks;

    json_object_set_new(object, "capacity_level", holds ? json_value_count(known->holds_at) : json_null());
    json_object_set_new(object, "capacity_is_least", json_boolean(holds && !breaks));
    json_object_set_new(object, "breaks_at_level", breaks ? json_value_count(known->breaks_at) : json_null());
}

static json_t *side_of(const struct compared_side *side, const struct findings *findings, size_t run)
{
    const struct backend_finding *finding = side->finding;
    json_t *object = json_object();
    struct text absence = {0}, holds = {0};

    reason_absence(&absence, finding);
    json_object_set_new(object, "label", json_value_text(comparison_words_letter(run)));
    json_object_set_new(object, "versions", finding != NULL ? json_value_text(finding->record->versions) : json_null());
    json_object_set_new(object, "absent", take(&absence));
    figures_capacity(&holds, &findings->scenario, finding);
    json_object_set_new(object, "holds", take(&holds));
    add_levels(object, finding);
    add_break(object, finding);
    json_object_set_new(object, "figures", figures_of(side, run == 0));
    return object;
}

static json_t *backend_of(const struct comparison *comparison, const struct compared_backend *backend)
{
    static const char *const agreements[] = {[AGREEMENT_NOT_KNOWN] = NULL,
                                             [AGREEMENT_SAME] = "same",
                                             [AGREEMENT_FIRST] = "first",
                                             [AGREEMENT_NONE] = "different"};
    json_t *object = json_object(), *runs = json_array();
    bool known = backend->order != AGREEMENT_NOT_KNOWN;
    struct text common = {0};

    for (size_t run = 0; run < comparison->run_count; run++) {
        json_array_append_new(runs, side_of(&backend->sides[run], comparison->runs[run].findings, run));
    }
    json_object_set_new(object, "name", json_value_text(backend->name));
    json_object_set_new(object, "judged_runs", json_value_count(backend->judged));
    json_object_set_new(object, "common_level",
                        backend->common ? json_value_count(backend->common_level) : json_null());
    if (backend->common) {
        figures_level(&common, &comparison->runs[0].findings->scenario, backend->common_level);
    }
    json_object_set_new(object, "common_load", take(&common));
    json_object_set_new(object, "limits_order", json_value_text(agreements[backend->order]));
    json_object_set_new(object, "cause_same", known ? json_boolean(backend->cause_same) : json_null());
    json_object_set_new(object, "runs", runs);
    return object;
}

static json_t *answers_of(const struct comparison *comparison)
{
    json_t *object = json_object(), *changes = json_array(), *services = json_array();
    struct text order = {0}, trials = {0};

    comparison_conclusion_order(&order, comparison);
    comparison_conclusion_trials(&trials, comparison);
    for (size_t run = 1; run < comparison->run_count; run++) {
        for (size_t k = 0; k < COMPARED_COUNT; k++) {
            struct text change = {0};
            comparison_conclusion_change(&change, comparison, run, (enum compared)k);
            json_array_append_new(changes, take(&change));
        }
    }
    for (size_t i = 0; i < comparison->backend_count; i++) {
        struct text service = {0};
        comparison_conclusion_backend(&service, comparison, &comparison->backends[i]);
        json_array_append_new(services, take(&service));
    }
    json_object_set_new(object, "order", take(&order));
    json_object_set_new(object, "changes", changes);
    json_object_set_new(object, "services", services);
    json_object_set_new(object, "trials", take(&trials));
    return object;
}

json_t *comparison_json(const struct comparison *comparison)
{
    json_t *top = json_object(), *runs = json_array(), *backends = json_array();
    struct text unlike = {0};

    for (size_t run = 0; run < comparison->run_count; run++) {
        json_array_append_new(runs, run_of(comparison, run));
    }
    for (size_t i = 0; i < comparison->backend_count; i++) {
        json_array_append_new(backends, backend_of(comparison, &comparison->backends[i]));
    }
    json_object_set_new(top, "schema", json_integer(SCHEMA));
    json_object_set_new(top, "comparable", json_boolean(comparison->unlike_count == 0));
    json_object_set_new(top, "unlike", unlike_of(comparison));
    if (comparison->unlike_count > 0) {
        comparison_words_unlike(&unlike, comparison);
    }
    json_object_set_new(top, "unlike_text", take(&unlike));
    json_object_set_new(top, "runs", runs);
    json_object_set_new(top, "order", order_of(comparison));
    json_object_set_new(top, "answers", answers_of(comparison));
    json_object_set_new(top, "backends", backends);
    return top;
}

static int append(const char *buffer, size_t size, void *out)
{
    text_append(out, buffer, size);
    return 0;
}

void comparison_json_write(const struct comparison *comparison, struct text *out)
{
    json_t *top = comparison_json(comparison);

    json_dump_callback(top, append, out, JSON_INDENT(2) | JSON_REAL_PRECISION(10));
    text_add(out, "\n");
    json_decref(top);
}
