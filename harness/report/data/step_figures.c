#include "report/data/step_figures.h"

#include "report/data/backend/backend_figures.h"
#include "report/data/figure.h"
#include "report/data/limit_figures.h"
#include "report/data/resource_figures.h"
#include "report/data/wrong_response_figures.h"
#include "report/words/figures.h"
#include "report/words/reason.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

static json_t *evidence_of(const struct cause_finding *found)
{
    json_t *object = json_object();
    for (size_t i = 0; i < found->evidence_count; i++) {
        json_object_set_new(object, found->evidence[i].key, figure_number(found->evidence[i].value));
    }
    return object;
}

json_t *step_figures_break(const struct findings *findings, const struct step_finding *step,
                           const struct breach *breach)
{
    static const char *const units[LIMIT_COUNT] = {
        [LIMIT_LATENCY] = "ns",
        [LIMIT_ERRORS] = "share",
        [LIMIT_THROUGHPUT] = "share",
        [LIMIT_MEMORY] = "bytes",
        [LIMIT_GROWTH] = "bytes_per_second",
        [LIMIT_QUEUE] = "requests",
        [LIMIT_CRASH] = NULL,
    };
    const struct cause_finding *found = &step->cause;
    bool bounded = breach->allowed > 0 || breach->limit == LIMIT_ERRORS;

    return figures_object((struct figure[]){
        {"limit", limit_figures_name(breach->limit, breach->request)},
        {"request", figure_in(breach->request != NULL, figure_text(breach->request))},
        {"load_rps", figure_number(figures_load_rps(&findings->scenario, step))},
        {"level", figure_count(step->record->level)},
        {"at_ms", figure_ms(breach->at_ns)},
        {"cause", figure_text(cause_name(found->cause))},
        {"cause_in_words", figure_text(reason_cause(step))},
        {"second_cause", figure_where(found->second != CAUSE_UNKNOWN, figure_text(cause_name(found->second)))},
        {"evidence", evidence_of(found)},
        {"observed", figure_where(breach->limit != LIMIT_CRASH, figure_number(breach->observed))},
        {"allowed", figure_where(bounded, figure_number(breach->allowed))},
        {"unit", figure_text(units[breach->limit])},
        {"of", figure_text(expectation_name(breach->of))},
        {NULL, NULL},
    });
}

json_t *step_figures_breaks(const struct findings *findings, const struct step_finding *step)
{
    json_t *array = json_array();
    for (size_t i = 0; i < step->verdict.breach_count; i++) {
        json_array_append_new(array, step_figures_break(findings, step, &step->verdict.breaches[i]));
    }
    return array;
}

/* "latency=1250;errors=2800" */
static json_t *breaches_at_ms(const struct step_verdict *verdict)
{
    struct text words = {0};

    for (size_t i = 0; i < verdict->breach_count; i++) {
        text_add(&words, i > 0 ? ";" : "");
        limit_write(&words, verdict->breaches[i].limit, verdict->breaches[i].request);
        text_format(&words, "=%.10g", (double)verdict->breaches[i].at_ns / 1e6);
    }
    return figure_words(&words);
}

json_t *step_figures_invalid(const struct step_verdict *verdict)
{
    json_t *array = json_array();

    for (int i = 0; i < INVALIDITY_COUNT; i++) {
        if (verdict->invalid[i]) {
            json_array_append_new(array, json_string(invalidity_name((enum invalidity)i)));
        }
    }
    return array;
}

static json_t *disturbed_by(const struct disturbance *disturbance)
{
    json_t *array = json_array();

    for (int i = 0; i < DISTURBANCE_COUNT; i++) {
        if (disturbance->by[i]) {
            json_array_append_new(array, json_string(disturbance_name((enum disturbance_kind)i)));
        }
    }
    return array;
}

static void add_counts(json_t *object, const struct tally *tally)
{
    const struct figure figures[] = {
        {"offered", figure_count(tally->offered)},     {"sent", figure_count(tally->sent)},
        {"completed", figure_count(tally->completed)}, {"good", figure_count(tally->good)},
        {"failures", figure_failures(tally)},          {NULL, NULL},
    };
    figures_add(object, figures);
}

static json_t *class_of(const struct request_class *class)
{
    json_t *object = figures_object((struct figure[]){
        {"name", figure_text(class->name)},
        {"expectation", figure_text(expectation_name(class->expectation))},
        {NULL, NULL},
    });
    const struct figure rest[] = {
        {"failed", figure_count(tally_failed(&class->tally))},
        {"p50_ns", figure_time(class->p50_ns)},
        {"p99_ns", figure_time(class->p99_ns)},
        {NULL, NULL},
    };

    add_counts(object, &class->tally);
    figures_add(object, rest);
    return object;
}

static json_t *requests_of(const struct step_finding *step)
{
    json_t *array = json_array();
    for (size_t i = 0; i < step->class_count; i++) {
        json_array_append_new(array, class_of(&step->classes[i]));
    }
    return array;
}

static json_t *sessions_of(const struct session_tally *sessions)
{
    return figures_object((struct figure[]){
        {"begun", figure_count(sessions->begun)},
        {"finished", figure_count(sessions->finished)},
        {"abandoned", figure_count(sessions->abandoned)},
        {"unfinished", figure_count(sessions->unfinished)},
        {"denied", figure_count(sessions->denied)},
        {"most", figure_count(sessions->most)},
        {NULL, NULL},
    });
}

static json_t *slow_of(const struct slow_tally *slow)
{
    bool ended = slow_tally_ended(slow) > 0;

    return figures_object((struct figure[]){
        {"wanted", figure_count(slow->wanted)},
        {"open", figure_count(slow->open)},
        {"opened", figure_count(slow->opened)},
        {"closed", figure_count(slow->closed)},
        {"timed_out", figure_count(slow->timed_out)},
        {"rejected", figure_count(slow->rejected)},
        {"answered", figure_count(slow->answered)},
        {"refused", figure_count(slow->refused)},
        {"missing", figure_count(slow->missing)},
        {"denied", figure_count(slow->denied)},
        {"life_least_ns", figure_where(ended, figure_count(slow->life_least_ns))},
        {"life_most_ns", figure_where(ended, figure_count(slow->life_most_ns))},
        {NULL, NULL},
    });
}

static void add_place(json_t *object, const struct step_source *source)
{
    const struct scenario *scenario = &source->findings->scenario;
    const struct step_record *record = source->step->record;
    bool soak = source->memory != NULL;
    const struct figure figures[] = {
        {"scenario", figure_in(source->csv, figure_text(scenario->name))},
        {"service", figure_in(source->csv, figure_text(source->backend->record->name))},
        {"language", figure_in(source->csv, figure_text(source->backend->record->language))},
        {"framework", figure_in(source->csv, figure_text(source->backend->record->framework))},
        {"trial", figure_count((uint64_t)record->trial + 1)},
        {"step", figure_in(!soak || source->csv, figure_where(!soak, figure_count((uint64_t)record->index + 1)))},
        {"attempt", figure_in(!soak && !source->csv, figure_count((uint64_t)record->attempt + 1))},
        {"phase", figure_in(!soak && !source->csv, figure_text(step_phase_name(record->phase)))},
        {"level", figure_count(record->level)},
        {"level_unit", figure_text(figures_level_unit(scenario))},
        {"load_rps", figure_number(figures_load_rps(scenario, source->step))},
        {NULL, NULL},
    };
    figures_add(object, figures);
}

static void add_verdict(json_t *object, const struct step_source *source)
{
    const struct step_finding *step = source->step;
    const struct step_verdict *verdict = &step->verdict;
    bool passed = verdict->verdict == VERDICT_PASS;
    const struct figure figures[] = {
        {"verdict", figure_text(verdict_name(verdict->verdict))},
        {"limits", figure_in(!source->csv, limit_figures_of_step(step))},
        {"breaks", figure_in(!source->csv, step_figures_breaks(source->findings, step))},
        {"breaches_at_ms", figure_in(source->csv, breaches_at_ms(verdict))},
        {"cause", figure_in(source->csv, figure_where(!passed, figure_text(cause_name(step->cause.cause))))},
        {"invalid_because", step_figures_invalid(verdict)},
        {"disturbed", figure_in(!source->csv, disturbed_by(&step->disturbance))},
        {NULL, NULL},
    };
    figures_add(object, figures);
}

static void add_times(json_t *object, const struct step_source *source)
{
    const struct step_finding *step = source->step;
    const struct percentile_bounds *p99 = &step->p99_bounds;
    const struct figure figures[] = {
        {"offered_rps", figure_number(step->offered_rps)},
        {"completed_rps", figure_number(step->completed_rps)},
        {"good_rps", figure_number(step->good_rps)},
        {"mean_ns", figure_time(step->mean_ns)},
        {"p50_ns", figure_time(step->p50_ns)},
        {"p90_ns", figure_time(step->p90_ns)},
        {"p99_ns", figure_time(step->p99_ns)},
        {"p99_low_ns", figure_in(!source->csv, figure_where(p99->known, figure_count(p99->low_ns)))},
        {"p99_high_ns", figure_in(!source->csv, figure_where(p99->known, figure_count(p99->high_ns)))},
        {"p999_ns", figure_time(step->p999_ns)},
        {"max_ns", figure_time(step->max_ns)},
        {"censored", figure_count(step->record->load.censored)},
        {"service_p50_ns", figure_time(step->service_p50_ns)},
        {"service_p99_ns", figure_time(step->service_p99_ns)},
        {NULL, NULL},
    };
    figures_add(object, figures);
}

static json_t *exit_status(const struct death *death)
{
    return figure_where(death->died && death->signal == 0 && death->exit_code >= 0, json_integer(death->exit_code));
}

static json_t *exit_signal(const struct death *death)
{
    return figure_where(death->died && death->signal != 0, json_integer(death->signal));
}

json_t *step_figures_death(const struct death *death)
{
    const struct figure figures[] = {
        {"exit_status", exit_status(death)},
        {"signal", exit_signal(death)},
        {"output", figure_text(death->output)},
        {NULL, NULL},
    };
    return figure_where(death->died, figures_object(figures));
}

static void add_host(json_t *object, const struct step_source *source)
{
    const struct step_finding *step = source->step;
    const struct host_usage *host = &step->usage.host;
    const struct session_tally *sessions = &step->record->load.sessions;
    const struct slow_tally *slow = &step->record->load.slow;
    const struct death *death = &step->record->death;
    const char *phase = source->memory != NULL ? "soak" : step_phase_name(step->record->phase);
    bool sampled = host->known;
    double share = NAN;

    figures_cpu_share(step, &share);
    const struct figure figures[] = {
        {"cpu_ns_per_request", figure_known(step->cpu_ns_per_request)},
        {"service_cores_used", figure_where(sampled, figure_number(host->service_cores))},
        {"service_cpu_share", figure_in(!source->csv, figure_number(share))},
        {"busiest_thread_share", figure_where(sampled, figure_number(host->busiest_thread_share))},
        {"kernel_receive_cores", figure_in(!source->csv, figure_where(sampled, figure_number(host->kernel_cores)))},
        {"sampling_share", figure_in(!source->csv, figure_where(sampled, figure_number(host->sampling_share)))},
        {"rss_peak_bytes", figure_known(host->rss_peak_bytes)},
        {"worker_connections", figure_in(!source->csv, figure_text(step->record->worker_connections))},
        {"death", figure_in(!source->csv, step_figures_death(death))},
        {"exit_status", figure_in(source->csv, exit_status(death))},
        {"exit_signal", figure_in(source->csv, exit_signal(death))},
        {"phase", figure_in(source->csv, figure_text(phase))},
        {"requests", figure_in(!source->csv, requests_of(step))},
        {"sessions", figure_in(!source->csv && sessions->most > 0, sessions_of(sessions))},
        {"slow_connections", figure_in(!source->csv && slow->wanted > 0, slow_of(slow))},
        {"first_wrong", figure_in(!source->csv, wrong_response_figures(step->record->load.first_wrong))},
        {NULL, NULL},
    };
    figures_add(object, figures);
}

static void add_memory(json_t *object, const struct step_source *source)
{
    static const struct leak none = {0};
    const struct leak *leak = source->memory != NULL ? source->memory : &none;
    const struct trend *trend = &leak->bytes_per_s;
    bool soak = source->memory != NULL, bounded = leak->known && trend->known;
    const struct figure figures[] = {
        {"measured_ns", figure_in(soak && !source->csv, figure_count(source->step->record->load.measured_ns))},
        {"memory_start_bytes", figure_in(soak && !source->csv, figure_known(leak->start_bytes))},
        {"memory_end_bytes", figure_in(soak && !source->csv, figure_known(leak->end_bytes))},
        {"memory_bytes_per_s", figure_in(soak || source->csv, figure_where(leak->known, figure_number(trend->slope)))},
        {"memory_bytes_per_s_low", figure_in(soak || source->csv, figure_where(bounded, figure_number(trend->low)))},
        {"memory_bytes_per_s_high", figure_in(soak || source->csv, figure_where(bounded, figure_number(trend->high)))},
        {"memory_rises", figure_in(soak && !source->csv, figure_bool_where(bounded, leak->rises))},
        {"memory_levels_off", figure_in(soak && !source->csv, figure_bool_where(bounded, leak->levels_off))},
        {"memory_limit_after_s", figure_in(soak && !source->csv, figure_positive(leak->limit_after_s))},
        {NULL, NULL},
    };
    figures_add(object, figures);
}

json_t *step_figures(const struct step_source *source)
{
    json_t *object = json_object();

    add_place(object, source);
    add_verdict(object, source);
    add_counts(object, &source->step->record->load.tally);
    add_times(object, source);
    add_host(object, source);
    add_memory(object, source);
    figures_add(object,
                (struct figure[]){{"disturbed", figure_in(source->csv, disturbed_by(&source->step->disturbance))},
                                  {NULL, NULL}});
    if (source->csv) {
        resource_figures_add_first(object, source->backend);
        backend_figures_add_cold_start(object, source->backend);
    }
    return object;
}
