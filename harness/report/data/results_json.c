#include "report/data/results_json.h"

#include "analysis/capacity/capacity.h"
#include "analysis/comparison/comparison.h"
#include "plan/scenario/doubling.h"
#include "report/data/figure.h"
#include "report/data/run_figures.h"
#include "report/words/breach.h"
#include "report/words/figures.h"
#include "report/words/reason.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

static void add_figures(json_t *object, const struct findings *findings, const struct backend_finding *backend)
{
    static const struct step_finding none = {.p99_ns = NO_TIME};
    const struct step_finding *good = backend->last_good != NULL ? backend->last_good : &none;
    double rps = good != &none ? figures_load_rps(&findings->scenario, good) : NAN;
    const struct figure figures[] = {
        {"capacity_level", figure_where(backend->holds, figure_count(backend->holds_at))},
        {"capacity_rps", figure_number(rps)},
        {"relative_share", figure_number(capacity_relative(findings, rps))},
        {"cpu_ns_per_request", figure_known(good->cpu_ns_per_request)},
        {"rss_peak_bytes", figure_known(good->usage.host.rss_peak_bytes)},
        {"p99_ns", figure_time(good->p99_ns)},
        {NULL, NULL},
    };
    figures_add(object, figures);
}

static json_t *backend_of(const struct findings *findings, const struct backend_finding *backend)
{
    const struct backend_record *record = backend->record;
    const struct step_finding *broken = comparison_first_break(backend);
    struct text absence = {0}, holds = {0}, breaks = {0}, broke = {0};

    reason_absence(&absence, backend);
    figures_capacity(&holds, &findings->scenario, backend);
    if (backend->breaks) {
        figures_level(&breaks, &findings->scenario, backend->breaks_at);
    }
    breach_order(&broke, broken);
    json_t *object = figures_object((struct figure[]){
        {"name", figure_text(record->name)},
        {"language", figure_text(record->language)},
        {"framework", figure_text(record->framework)},
        {"class", figure_text(record->class)},
        {"absent", figure_words(&absence)},
        {"holds", figure_words(&holds)},
        {"breaks_at", figure_words(&breaks)},
        {"broke", figure_words(&broke)},
        {"cause", figure_text(broken != NULL ? reason_cause(broken) : NULL)},
        {NULL, NULL},
    });
    add_figures(object, findings, backend);
    return object;
}

static json_t *backends_of(const struct findings *findings)
{
    json_t *array = json_array();
    for (size_t i = 0; i < findings->backend_count; i++) {
        json_array_append_new(array, backend_of(findings, &findings->backends[i]));
    }
    return array;
}

json_t *results_json_run(const struct findings *findings, const char *file, const char *page)
{
    const struct scenario *scenario = &findings->scenario;
    json_t *object = figures_object((struct figure[]){
        {"file", figure_text(file)},
        {"report", figure_text(page)},
        {"scenario", figure_text(scenario->name)},
        {"why", figure_text(scenario->why)},
        {"started", figure_text(findings->log->run.started)},
        {"complete", json_boolean(run_log_complete(findings->log))},
        {"profile", figure_text(profile_name(findings->profile))},
        {"trials", figure_count(findings->log->run.trials)},
        {"doubling", figure_text(doubling_name(scenario->doubling))},
        {NULL, NULL},
    });

    run_figures_add_place(object, findings);
    figures_add(object, (struct figure[]){{"backends", backends_of(findings)}, {NULL, NULL}});
    return object;
}
