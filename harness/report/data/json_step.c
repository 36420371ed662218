#include "report/data/json_step.h"

#include "report/data/json_value.h"
#include "report/words/figures.h"
#include "report/words/reason.h"

#include <stdbool.h>
#include <stddef.h>

static json_t *evidence_of(const struct cause_finding *finding)
{
    json_t *object = json_object();
    for (size_t i = 0; i < finding->evidence_count; i++) {
        json_object_set_new(object, finding->evidence[i].key, json_value_number(finding->evidence[i].value));
    }
    return object;
}

static json_t *unit_of(enum limit limit)
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
    return json_value_text(units[limit]);
}

static json_t *break_of(const struct findings *findings, const struct step_finding *step, const struct breach *breach)
{
    json_t *object = json_object();
    bool bounded = breach->allowed > 0 || breach->limit == LIMIT_ERRORS;

    json_object_set_new(object, "limit", json_value_text(limit_name(breach->limit)));
    json_object_set_new(object, "load_rps", json_value_number(figures_load_rps(&findings->scenario, step)));
    json_object_set_new(object, "level", json_value_count(step->record->level));
    json_object_set_new(object, "at_ms", json_value_number((double)breach->at_ns / 1e6));
    json_object_set_new(object, "cause", json_value_text(cause_name(step->cause.cause)));
    json_object_set_new(object, "cause_in_words", json_value_text(reason_cause(step)));
    json_object_set_new(object, "second_cause",
                        step->cause.second != CAUSE_UNKNOWN ? json_value_text(cause_name(step->cause.second))
                                                            : json_null());
    json_object_set_new(object, "evidence", evidence_of(&step->cause));
    json_object_set_new(object, "observed",
                        breach->limit == LIMIT_CRASH ? json_null() : json_value_number(breach->observed));
    json_object_set_new(object, "allowed", bounded ? json_value_number(breach->allowed) : json_null());
    json_object_set_new(object, "unit", unit_of(breach->limit));
    json_object_set_new(object, "of", json_value_text(expectation_name(breach->of)));
    return object;
}

json_t *json_step_breaks(const struct findings *findings, const struct step_finding *step)
{
    json_t *array = json_array();
    for (size_t i = 0; i < step->verdict.breach_count; i++) {
        json_array_append_new(array, break_of(findings, step, &step->verdict.breaches[i]));
    }
    return array;
}

static json_t *invalid_of(const struct step_verdict *verdict)
{
    json_t *array = json_array();
    for (int i = 0; i < INVALIDITY_COUNT; i++) {
        if (verdict->invalid[i]) {
            json_array_append_new(array, json_value_text(invalidity_name((enum invalidity)i)));
        }
    }
    return array;
}

static void add_counts(json_t *object, const struct tally *tally)
{
    json_t *failures = json_object();

    json_object_set_new(object, "offered", json_value_count(tally->offered));
    json_object_set_new(object, "sent", json_value_count(tally->sent));
    json_object_set_new(object, "completed", json_value_count(tally->completed));
    json_object_set_new(object, "good", json_value_count(tally->good));
    for (int i = 0; i < FAILURE_COUNT; i++) {
        json_object_set_new(failures, failure_name((enum failure)i), json_value_count(tally->failures[i]));
    }
    json_object_set_new(object, "failures", failures);
}

static json_t *requests_of(const struct step_finding *step)
{
    json_t *array = json_array();

    for (size_t i = 0; i < step->class_count; i++) {
        const struct request_class *kind = &step->kinds[i];
        json_t *object = json_object();
        json_object_set_new(object, "name", json_value_text(kind->name));
        json_object_set_new(object, "wanted", json_value_text(expectation_name(kind->expectation)));
        add_counts(object, &kind->tally);
        json_object_set_new(object, "failed", json_value_count(tally_failed(&kind->tally)));
        json_object_set_new(object, "p50_ns", json_value_known(kind->p50_ns, NO_TIME));
        json_object_set_new(object, "p99_ns", json_value_known(kind->p99_ns, NO_TIME));
        json_array_append_new(array, object);
    }
    return array;
}

static void add_times(json_t *object, const struct step_finding *step)
{
    const struct time_bounds *interval = &step->p99_interval;

    json_object_set_new(object, "offered_rps", json_value_number(step->offered_rps));
    json_object_set_new(object, "completed_rps", json_value_number(step->completed_rps));
    json_object_set_new(object, "good_rps", json_value_number(step->good_rps));
    json_object_set_new(object, "mean_ns", json_value_known(step->mean_ns, NO_TIME));
    json_object_set_new(object, "p50_ns", json_value_known(step->p50_ns, NO_TIME));
    json_object_set_new(object, "p90_ns", json_value_known(step->p90_ns, NO_TIME));
    json_object_set_new(object, "p99_ns", json_value_known(step->p99_ns, NO_TIME));
    json_object_set_new(object, "p99_low_ns", interval->known ? json_value_count(interval->low_ns) : json_null());
    json_object_set_new(object, "p99_high_ns", interval->known ? json_value_count(interval->high_ns) : json_null());
    json_object_set_new(object, "p999_ns", json_value_known(step->p999_ns, NO_TIME));
    json_object_set_new(object, "max_ns", json_value_known(step->max_ns, NO_TIME));
    json_object_set_new(object, "censored", json_value_count(step->record->load.censored));
    json_object_set_new(object, "service_p50_ns", json_value_known(step->service_p50_ns, NO_TIME));
    json_object_set_new(object, "service_p99_ns", json_value_known(step->service_p99_ns, NO_TIME));
}

json_t *json_step_death(const struct death *death)
{
    if (!death->died) {
        return json_null();
    }
    json_t *object = json_object();
    bool signalled = death->signal != 0;
    json_object_set_new(object, "exit_status", signalled ? json_null() : json_integer(death->exit_code));
    json_object_set_new(object, "signal", signalled ? json_integer(death->signal) : json_null());
    json_object_set_new(object, "output", json_value_text(death->output));
    return object;
}

static void add_host(json_t *object, const struct findings *findings, const struct step_finding *step)
{
    double share;
    bool sampled = figures_cpu_share(findings, step, &share);

    json_object_set_new(object, "cpu_ns_per_request", json_value_known(step->cpu_ns_per_request, 0));
    json_object_set_new(object, "service_cores_used",
                        sampled ? json_value_number(step->host.service_cores) : json_null());
    json_object_set_new(object, "service_cpu_share", sampled ? json_value_number(share) : json_null());
    json_object_set_new(object, "busiest_thread_share",
                        sampled ? json_value_number(step->host.busiest_thread_share) : json_null());
    json_object_set_new(object, "kernel_receive_cores",
                        sampled ? json_value_number(step->host.kernel_cores) : json_null());
    json_object_set_new(object, "sampling_share", sampled ? json_value_number(step->host.sampling_share) : json_null());
    json_object_set_new(object, "rss_peak_bytes", json_value_known(step->host.rss_peak_bytes, 0));
    json_object_set_new(object, "death", json_step_death(&step->record->death));
}

json_t *json_step(const struct findings *findings, const struct step_finding *step)
{
    const struct step_record *record = step->record;
    json_t *object = json_object();

    json_object_set_new(object, "trial", json_value_count((uint64_t)record->trial + 1));
    json_object_set_new(object, "step", json_value_count((uint64_t)record->index + 1));
    json_object_set_new(object, "phase", json_string(step_phase_name(record->phase)));
    json_object_set_new(object, "level", json_value_count(record->level));
    json_object_set_new(object, "level_unit", json_value_text(figures_level_unit(&findings->scenario)));
    json_object_set_new(object, "load_rps", json_value_number(figures_load_rps(&findings->scenario, step)));
    json_object_set_new(object, "verdict", json_value_text(verdict_name(step->verdict.verdict)));
    json_object_set_new(object, "breaks", json_step_breaks(findings, step));
    json_object_set_new(object, "invalid_because", invalid_of(&step->verdict));
    add_counts(object, &record->load.tally);
    add_times(object, step);
    add_host(object, findings, step);
    json_object_set_new(object, "requests", requests_of(step));
    return object;
}
