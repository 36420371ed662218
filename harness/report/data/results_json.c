#include "report/data/results_json.h"

#include "analysis/comparison/comparison.h"
#include "report/data/json_run.h"
#include "report/data/json_value.h"
#include "report/words/breach.h"
#include "report/words/figures.h"
#include "report/words/reason.h"

static json_t *take(struct text *text)
{
    json_t *value = json_value_text(text->length > 0 ? text->data : NULL);
    text_release(text);
    return value;
}

/* What doubles must be traffic: a ladder of ever harder requests at one rate has no such ratio. */
static json_t *relative(const struct findings *findings, const struct step_finding *good)
{
    const struct calibration *calibration = &findings->log->run.calibration;
    bool known = calibration->done && calibration->throughput_rps > 0 && findings->scenario.rate == 0;

    return known && good != NULL
               ? json_value_number(figures_load_rps(&findings->scenario, good) / (double)calibration->throughput_rps)
               : json_null();
}

static void add_figures(json_t *object, const struct findings *findings, const struct backend_finding *backend)
{
    const struct step_finding *good = backend->last_good;

    json_object_set_new(object, "capacity_level", backend->holds ? json_value_count(backend->holds_at) : json_null());
    json_object_set_new(object, "capacity_rps",
                        good != NULL ? json_value_number(figures_load_rps(&findings->scenario, good)) : json_null());
    json_object_set_new(object, "relative_share", relative(findings, good));
    json_object_set_new(object, "cpu_ns_per_request", json_value_known(good != NULL ? good->cpu_ns_per_request : 0, 0));
    json_object_set_new(object, "rss_peak_bytes", json_value_known(good != NULL ? good->host.rss_peak_bytes : 0, 0));
    json_object_set_new(object, "p99_ns", json_value_known(good != NULL ? good->p99_ns : NO_TIME, NO_TIME));
}

static json_t *backend_of(const struct findings *findings, const struct backend_finding *backend)
{
    const struct step_finding *broken = comparison_first_break(backend);
    json_t *object = json_object();
    struct text absence = {0}, holds = {0}, breaks = {0}, broke = {0};

    reason_absence(&absence, backend);
    figures_capacity(&holds, &findings->scenario, backend);
    if (backend->breaks) {
        figures_level(&breaks, &findings->scenario, backend->breaks_at);
    }
    breach_order(&broke, broken);
    json_object_set_new(object, "name", json_value_text(backend->record->name));
    json_object_set_new(object, "language", json_value_text(backend->record->language));
    json_object_set_new(object, "framework", json_value_text(backend->record->framework));
    json_object_set_new(object, "class", json_value_text(backend->record->class));
    json_object_set_new(object, "absent", take(&absence));
    json_object_set_new(object, "holds", take(&holds));
    json_object_set_new(object, "breaks_at", take(&breaks));
    json_object_set_new(object, "broke", take(&broke));
    json_object_set_new(object, "cause", json_value_text(broken != NULL ? reason_cause(broken) : NULL));
    add_figures(object, findings, backend);
    return object;
}

json_t *results_json_run(const struct findings *findings, const char *file, const char *page)
{
    static const char *const doublings[] = {[DOUBLING_RATE] = "rate",
                                            [DOUBLING_CONNECTIONS] = "connections",
                                            [DOUBLING_OPEN] = "open_connections",
                                            [DOUBLING_VALUE] = "value"};
    const struct run_log *log = findings->log;
    json_t *object = json_object(), *backends = json_array();

    for (size_t i = 0; i < findings->backend_count; i++) {
        json_array_append_new(backends, backend_of(findings, &findings->backends[i]));
    }
    json_object_set_new(object, "file", json_value_text(file));
    json_object_set_new(object, "report", json_value_text(page));
    json_object_set_new(object, "scenario", json_value_text(findings->scenario.name));
    json_object_set_new(object, "why", json_value_text(findings->scenario.why));
    json_object_set_new(object, "started", json_value_text(log->run.started));
    json_object_set_new(object, "complete", json_boolean(log->end.present && !log->end.interrupted));
    json_object_set_new(object, "profile", json_value_text(profile_name(findings->profile)));
    json_object_set_new(object, "trials", json_value_count(log->run.trials));
    json_object_set_new(object, "doubling", json_value_text(doublings[findings->scenario.doubling]));
    json_object_set_new(object, "machine", json_run_machine(&log->run.machine));
    json_object_set_new(object, "cores", json_run_cores(findings));
    json_object_set_new(object, "calibration", json_run_calibration(&log->run.calibration));
    json_object_set_new(object, "backends", backends);
    return object;
}
