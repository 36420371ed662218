#include "report/data/json.h"

#include "analysis/capacity/pairs.h"
#include "analysis/reliability.h"
#include "plan/scenario/doubling.h"
#include "report/data/backend/backend_figures.h"
#include "report/data/figure.h"
#include "report/data/figure_stream.h"
#include "report/data/run_figures.h"
#include "report/data/standing/box_figures.h"
#include "report/data/standing/language_figures.h"
#include "report/data/standing/ranking_figures.h"
#include "report/words/conclusion.h"
#include "report/words/figures.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define SCHEMA 2

static json_t *doubling_of(const struct scenario *scenario)
{
    return figures_object((struct figure[]){
        {"what", figure_text(doubling_name(scenario->doubling))},
        {"level_unit", figure_text(figures_level_unit(scenario))},
        {"from", figure_count(scenario->from)},
        {"steps", figure_count(scenario->steps)},
        {NULL, NULL},
    });
}

static json_t *request_limits_of(const struct scenario *scenario)
{
    json_t *array = json_array();

    for (size_t i = 0; i < scenario->request_limits.count; i++) {
        const struct request_limits *own = &scenario->request_limits.items[i];
        const struct limits *limits = &own->limits;
        json_array_append_new(array, figures_object((struct figure[]){
                                         {"request", figure_text(scenario->traffic.requests[own->request].name)},
                                         {"percentile",
                                          figure_where(limits->latency_ns > 0, figure_number(limits->percentile))},
                                         {"latency_ns", figure_known(limits->latency_ns)},
                                         {"error_share", figure_positive(limits->error_share)},
                                         {NULL, NULL},
                                     }));
    }
    return array;
}

static json_t *limits_of(const struct findings *findings)
{
    const struct limits *limits = &findings->scenario.limits;

    return figures_object((struct figure[]){
        {"percentile", figure_where(limits->latency_ns > 0, figure_number(limits->percentile))},
        {"latency_ns", figure_known(limits->latency_ns)},
        {"error_share", figure_positive(limits->error_share)},
        {"errors_by_default", json_boolean(limits->errors_by_default)},
        {"throughput_share", figure_positive(limits->throughput_share)},
        {"memory_bytes", figure_known(limits->memory_bytes)},
        {"changed_by_reader", json_boolean(findings->other_limits)},
        {"requests", figure_in(findings->scenario.request_limits.count > 0, request_limits_of(&findings->scenario))},
        {NULL, NULL},
    });
}

static json_t *pair_of(const struct pair *pair)
{
    static const char *const differences[] = {
        [DIFFERENCE_NOT_SEEN] = "not seen", [DIFFERENCE_UNPROVEN] = "too few trials", [DIFFERENCE_SEEN] = "seen"};
    const struct paired_t *ratio = &pair->test; /* as a logarithm */
    bool bounded = ratio->bounded;

    return figures_object((struct figure[]){
        {"first", figure_text(pair->first->record->name)},
        {"second", figure_text(pair->second->record->name)},
        {"figure", figure_text(pair_figure_name(pair->figure))},
        {"ratio", figure_number(exp(ratio->estimate))},
        {"low", figure_where(bounded, figure_number(exp(ratio->low)))},
        {"high", figure_where(bounded, figure_number(exp(ratio->high)))},
        {"confidence", figure_number(bounded ? PAIRED_T_CONFIDENCE : 0)},
        {"p", figure_where(bounded, figure_number(ratio->p))},
        {"p_adjusted", figure_where(bounded, figure_number(pair->p_adjusted))},
        {"trials", figure_count(ratio->blocks)},
        {"trials_needed", figure_known(pair->blocks_needed)},
        {"difference", figure_text(differences[pair->difference])},
        {NULL, NULL},
    });
}

static void put_comparisons(struct figure_stream *stream, const struct findings *findings)
{
    figure_stream_array(stream, "comparisons");
    for (size_t i = 0; i < findings->pair_count; i++) {
        figure_stream_put(stream, NULL, pair_of(&findings->pairs[i]));
    }
    figure_stream_end(stream);
}

static json_t *warning_of(const struct warning *warning)
{
    static const char *const names[] = {[WARNING_GENERATOR] = "generator",
                                        [WARNING_MACHINE] = "machine",
                                        [WARNING_SKIPPED] = "skipped",
                                        [WARNING_TRIAL] = "trial",
                                        [WARNING_AUDIT] = "audit",
                                        [WARNING_WRONG] = "wrong",
                                        [WARNING_RUN] = "run"};

    return figures_object((struct figure[]){
        {"kind", figure_text(names[warning->kind])},
        {"text", figure_text(warning->text)},
        {"command", figure_text(warning->command)},
        {NULL, NULL},
    });
}

static json_t *warnings_of(const struct findings *findings)
{
    json_t *array = json_array();
    for (size_t i = 0; i < findings->warning_count; i++) {
        json_array_append_new(array, warning_of(&findings->warnings[i]));
    }
    return array;
}

static void put_backends(struct figure_stream *stream, const struct findings *findings)
{
    figure_stream_array(stream, "backends");
    for (size_t i = 0; i < findings->backend_count; i++) {
        figure_stream_put(stream, NULL, backend_figures(findings, &findings->backends[i]));
    }
    figure_stream_end(stream);
}

static json_t *answer_of(const struct findings *findings)
{
    struct text answer = {0};
    conclusion_write(&answer, findings);
    return figure_words(&answer);
}

/* Of which the answer is made. */
static json_t *answer_lines_of(const struct findings *findings)
{
    struct conclusion conclusion;
    json_t *lines = json_array();

    conclusion_make(&conclusion, findings);
    struct text *parts[] = {&conclusion.first, &conclusion.highest, &conclusion.open};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i]->length > 0) {
            json_array_append_new(lines, figure_text(parts[i]->data + strspn(parts[i]->data, " ")));
        }
    }
    conclusion_release(&conclusion);
    return lines;
}

static json_t *arrivals_of(const struct scenario *scenario)
{
    const char *name = scenario->arrivals == ARRIVALS_EVEN ? "even" : "poisson";
    return figure_where(scenario->doubling != DOUBLING_CONNECTIONS, figure_text(name));
}

static json_t *cut_reason_of(const struct run_log *log)
{
    return figure_where(!run_log_complete(log), figure_text(run_log_cut_reason(log)));
}

void json_put_findings(struct figure_stream *stream, const struct findings *findings)
{
    const struct run_record *run = &findings->log->run;
    const struct scenario *scenario = &findings->scenario;
    json_t *object = figures_object((struct figure[]){
        {"schema", figure_count(SCHEMA)},
        {"harness_version", figure_text(run->harness_version)},
        {"built", figure_in(run->built != NULL, figure_text(run->built))},
        {"started", figure_text(run->started)},
        {"complete", json_boolean(run_log_complete(findings->log))},
        {"cut_short_because", cut_reason_of(findings->log)},
        {"scenario", figure_text(scenario->name)},
        {"why", figure_text(scenario->why)},
        {"scenario_hash", figure_text(run->scenario_hash)},
        {"overridden", figure_text(run->overridden)},
        {"seed", figure_count(run->seed)},
        {"trials", figure_count(run->trials)},
        {"quick", json_boolean(findings->profile == PROFILE_QUICK)},
        {"profile", figure_text(profile_name(findings->profile))},
        {"doubling", doubling_of(scenario)},
        {"arrivals", arrivals_of(scenario)},
        {"deadline_ns", figure_count(scenario->deadline_ns)},
        {"limits", limits_of(findings)},
        {NULL, NULL},
    });

    run_figures_add_place(object, findings);
    run_figures_add_blocks(object, findings);
    figure_stream_members(stream, object);
    figure_stream_put(stream, "answer", answer_of(findings));
    figure_stream_put(stream, "answer_lines", answer_lines_of(findings));
    put_backends(stream, findings);
    figure_stream_put(stream, "common_level", figure_known(findings->common_level));
    put_comparisons(stream, findings);
    figure_stream_put(stream, "boxes", box_figures(findings));
    figure_stream_put(stream, "languages", language_figures(findings));
    figure_stream_put(stream, "ranking", ranking_figures(findings));
    figure_stream_put(stream, "warnings", warnings_of(findings));
    figure_stream_put(stream, "valid", json_boolean(reliability_valid(findings)));
}

void json_write_findings(const struct findings *findings, struct text *out)
{
    struct figure_stream stream = {.indented = true, .take = figure_stream_to_text, .into = out};

    figure_stream_object(&stream, NULL);
    json_put_findings(&stream, findings);
    figure_stream_end(&stream);
}
