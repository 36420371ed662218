#include "analysis/findings.h"

#include "analysis/capacity/box_steps.h"
#include "analysis/capacity/capacity.h"
#include "analysis/capacity/efficiency.h"
#include "analysis/capacity/languages.h"
#include "analysis/capacity/pairs.h"
#include "analysis/capacity/stalls.h"
#include "analysis/forecast/early_warning.h"
#include "analysis/reliability.h"
#include "analysis/resource/resources.h"
#include "analysis/step_causes.h"
#include "analysis/usage/memory_usage.h"
#include "analysis/usage/service_place.h"
#include "analysis/warnings.h"
#include "analysis/withdrawal.h"
#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void fill_times(struct step_finding *finding, const struct load_record *load)
{
    finding->mean_ns = load->response.total > 0 ? (uint64_t)histogram_mean(&load->response) : NO_TIME;
    finding->p50_ns = percentile_known(&load->response, 0.5);
    finding->p90_ns = percentile_known(&load->response, 0.9);
    finding->p99_ns = percentile_known(&load->response, 0.99);
    finding->p999_ns = percentile_known(&load->response, 0.999);
    if (finding->p99_ns != NO_TIME) {
        percentile_bounds_find(load, 0.99, &finding->p99_bounds);
    }
    finding->max_ns = load->response.total > 0 ? load->response.max : NO_TIME;
    finding->service_p50_ns = percentile_known(&load->service, 0.5);
    finding->service_p99_ns = percentile_known(&load->service, 0.99);
}

/* The value, or the largest whole number for JSON: the figures of a strange run log can be anything. */
static uint64_t whole(double value)
{
    return value < 0x1p63 ? (uint64_t)value : INT64_MAX;
}

static void fill_rates(struct step_finding *finding, const struct load_record *load)
{
    double seconds = (double)load->measured_ns / 1e9;
    if (seconds > 0) {
        finding->offered_rps = (double)load->tally.offered / seconds;
        finding->completed_rps = (double)load->tally.completed / seconds;
        finding->good_rps = (double)load->tally.good / seconds;
    }
    if (load->tally.offered > 0) {
        finding->failed_share = (double)tally_failed(&load->tally) / (double)load->tally.offered;
    }
    if (finding->completed_rps > 0 && host_usage_has(&finding->usage.host, SAMPLE_CPU)) {
        finding->cpu_ns_per_request = whole(finding->usage.host.service_cores * 1e9 / finding->completed_rps);
    }
}

static void fill_classes(struct step_finding *finding, const struct traffic *traffic, const struct load_record *load)
{
    finding->classes = request_classes_find(traffic, load, &finding->class_count);
    finding->expected_successes = request_classes_total(traffic, load, EXPECT_SUCCESS);
    finding->expected_errors = request_classes_total(traffic, load, EXPECT_ERROR);
}

static struct verdict_terms terms_of(const struct findings *findings, const struct service_place *place)
{
    return (struct verdict_terms){.limits = &findings->scenario.limits,
                                  .traffic = &findings->scenario.traffic,
                                  .request_limits = &findings->scenario.request_limits,
                                  .cores_shared = place->shared};
}

static void find_step(const struct findings *findings, const struct step_record *record, struct step_finding *finding)
{
    const struct service_place place = service_place_find(findings->log, record->backend);
    const struct verdict_terms terms = terms_of(findings, &place);

    finding->record = record;
    step_usage_find(record, place.cores, &finding->usage);
    disturbance_find(&record->load,
                     &(struct disturbance_terms){.host = &finding->usage.host,
                                                 .service_core_count = place.cores,
                                                 .cores_shared = place.shared},
                     &finding->disturbance);
    verdict_judge(record, &finding->usage.host, &terms, &finding->verdict);
    fill_times(finding, &record->load);
    fill_rates(finding, &record->load);
    fill_classes(finding, &findings->scenario.traffic, &record->load);
}

/* In the order in which they were run. */
static int by_trial(const void *left, const void *right)
{
    const struct step_record *a = ((const struct step_finding *)left)->record;
    const struct step_record *b = ((const struct step_finding *)right)->record;

    if (a->trial != b->trial) {
        return a->trial < b->trial ? -1 : 1;
    }
    if (a->index != b->index) {
        return a->index < b->index ? -1 : 1;
    }
    return (a > b) - (a < b);
}

static size_t count_steps(const struct run_log *log, const char *backend)
{
    size_t count = 0;
    for (size_t i = 0; i < log->step_count; i++) {
        count += strcmp(log->steps[i].backend, backend) == 0;
    }
    return count;
}

/* The last of the records that is of this service and trial, which repeats those before it; NULL: there is none. */
static const struct step_record *record_of(const struct step_record *records, size_t count, const char *backend,
                                           unsigned trial)
{
    const struct step_record *found = NULL;

    for (size_t i = 0; i < count; i++) {
        if (records[i].trial == trial && strcmp(records[i].backend, backend) == 0) {
            found = &records[i];
        }
    }
    return found;
}

/* The first valid run of the ladder's first step, by a process that was fresh then; NULL: there is none. */
static const struct step_record *first_valid(const struct backend_finding *finding)
{
    for (size_t i = 0; i < finding->step_count; i++) {
        const struct step_record *step = finding->steps[i].record;
        if (step->trial == finding->standing_trial && step->phase == PHASE_LADDER && step->index == 0 &&
            finding->steps[i].verdict.verdict != VERDICT_INVALID) {
            return step;
        }
    }
    return NULL;
}

/* Only whether it is valid counts. */
static void judge_recovery(const struct findings *findings, const struct step_record *record,
                           struct step_verdict *ret_verdict)
{
    const struct service_place place = service_place_find(findings->log, record->backend);
    const struct verdict_terms terms = terms_of(findings, &place);
    struct step_usage usage;

    step_usage_find(record, place.cores, &usage);
    verdict_judge(record, &usage.host, &terms, ret_verdict);
}

static void find_recovery(const struct findings *findings, struct backend_finding *finding)
{
    const struct run_log *log = findings->log;
    struct recovery_ladder ladder = {.idle = &finding->record->idle};
    unsigned trial = finding->standing_trial;

    for (size_t i = 0; i < finding->step_count; i++) {
        const struct step_record *step = finding->steps[i].record;
        if (step->trial == trial && step->phase == PHASE_LADDER) {
            uint64_t memory_bytes = memory_usage_at_reading(&step->memory);
            if (ladder.first == NULL) {
                ladder.first = step;
            }
            ladder.last = step;
            if (memory_bytes > ladder.highest_bytes) {
                ladder.highest_bytes = memory_bytes;
            }
        }
    }
    const struct step_record *recovery = record_of(log->recoveries, log->recovery_count, finding->record->name, trial);
    struct step_verdict verdict;
    if (recovery != NULL) {
        judge_recovery(findings, recovery, &verdict);
        ladder.verdict = &verdict;
    }
    recovery_find(&ladder, recovery, &findings->scenario.limits, &finding->recovery);
    cold_start_find(first_valid(finding), finding->recovery.invalid ? NULL : recovery,
                    service_place_find(log, finding->record->name).cores, &finding->cold_start);
}

static void find_soak(const struct findings *findings, struct backend_finding *finding)
{
    const struct run_log *log = findings->log;
    const struct step_record *record =
        record_of(log->soaks, log->soak_count, finding->record->name, finding->standing_trial);

    if (finding->step_count > 0 && record != NULL) {
        finding->soak.step = mem_new(1, sizeof *finding->soak.step);
        find_step(findings, record, finding->soak.step);
        step_causes_find(finding->soak.step, 1, &finding->record->idle,
                         service_place_find(log, finding->record->name).shared);
        leak_find(record, findings->scenario.limits.memory_bytes, &finding->soak.memory);
    }
}

static void release_soak(struct soak_finding *soak)
{
    if (soak->step != NULL) {
        free(soak->step->classes);
    }
    free(soak->step);
    *soak = (struct soak_finding){0};
}

static void find_backend(const struct findings *findings, const struct backend_record *record,
                         struct backend_finding *finding)
{
    const struct run_log *log = findings->log;
    const struct service_place place = service_place_find(log, record->name);

    finding->record = record;
    finding->core_count = place.cores;
    finding->steps = mem_new(count_steps(log, record->name), sizeof *finding->steps);
    for (size_t i = 0; i < log->step_count; i++) {
        if (strcmp(log->steps[i].backend, record->name) == 0) {
            find_step(findings, &log->steps[i], &finding->steps[finding->step_count++]);
        }
    }
    qsort(finding->steps, finding->step_count, sizeof *finding->steps, by_trial);
    step_causes_find(finding->steps, finding->step_count, &record->idle, place.shared);
    capacity_find(finding);
    stalls_find(finding, &(struct stall_terms){.limits = &findings->scenario.limits,
                                               .service_core_count = place.cores,
                                               .cores_shared = place.shared});
    find_recovery(findings, finding);
    find_soak(findings, finding);
    early_warning_find(findings, finding, &finding->early_warning);
    resources_find(findings, finding);
    reliability_find(findings, finding);
    withdrawal_find(findings, finding);
    if (finding->distrusted != NULL || finding->nothing_right) {
        release_soak(&finding->soak);
    }
}

/* Highest capacity first; skipped ones last; then by name. */
static int by_capacity(const void *left, const void *right)
{
    const struct backend_finding *a = left, *b = right;
    bool a_skipped = a->record->skipped != NULL, b_skipped = b->record->skipped != NULL;

    if (a_skipped != b_skipped) {
        return a_skipped ? 1 : -1;
    }
    uint64_t a_holds = a->holds ? a->holds_at : 0, b_holds = b->holds ? b->holds_at : 0;
    if (a_holds != b_holds) {
        return a_holds > b_holds ? -1 : 1;
    }
    return strcmp(a->record->name, b->record->name);
}

static bool same_limits(const struct limits *a, const struct limits *b)
{
    bool same_latency = a->latency_ns == b->latency_ns && (a->latency_ns == 0 || a->percentile == b->percentile);
    return same_latency && a->error_share == b->error_share && a->throughput_share == b->throughput_share &&
           a->memory_bytes == b->memory_bytes;
}

void findings_compare(struct findings *findings)
{
    const struct backend_finding **services = mem_new(findings->backend_count, sizeof(const struct backend_finding *));

    for (size_t i = 0; i < findings->backend_count; i++) {
        services[i] = &findings->backends[i];
    }
    findings->common_level = capacity_common_level(services, findings->backend_count);
    free(services);
    for (size_t i = 0; i < findings->backend_count; i++) {
        efficiency_find(findings, &findings->backends[i], &findings->backends[i].efficiency);
    }
    pairs_find(findings);
    box_steps_find(findings);
    languages_find(findings);
}

int findings_make(struct findings *findings, const struct run_log *log, const char *const *limit_changes,
                  struct error *err)
{
    struct findings made = {.log = log};

    if (scenario_parse(&made.scenario, log->run.scenario_name, log->run.scenario_text, err) != 0) {
        return error_context(err, "the scenario inside the run log");
    }
    if (profile_read(&made.profile, log->run.profile, err) != 0) {
        scenario_release(&made.scenario);
        return error_context(err, "the run's \"profile\"");
    }
    struct limits own = made.scenario.limits;
    for (; limit_changes != NULL && *limit_changes != NULL; limit_changes++) {
        if (limits_set(&made.scenario.limits, *limit_changes, err) != 0) {
            scenario_release(&made.scenario);
            return -1;
        }
    }
    made.other_limits = !same_limits(&made.scenario.limits, &own);
    made.service_core_count = service_place_find(log, NULL).cores;
    made.backend_count = log->backend_count;
    made.backends = mem_new(made.backend_count, sizeof *made.backends);
    for (size_t i = 0; i < made.backend_count; i++) {
        find_backend(&made, &log->backends[i], &made.backends[i]);
    }
    qsort(made.backends, made.backend_count, sizeof *made.backends, by_capacity);
    /* The sort moved the findings; their own steps stayed where they are. */
    findings_compare(&made);
    warnings_find(&made);
    *findings = made;
    return 0;
}

static void release_backend(struct backend_finding *finding)
{
    for (size_t i = 0; i < finding->step_count; i++) {
        free(finding->steps[i].classes);
    }
    free(finding->steps);
    free(finding->stalls);
    reliability_release(finding);
    free(finding->distrusted);
    free(finding->below);
    capacity_release(finding);
    resources_release(finding);
    release_soak(&finding->soak);
}

void findings_release(struct findings *findings)
{
    for (size_t i = 0; i < findings->backend_count; i++) {
        release_backend(&findings->backends[i]);
    }
    for (size_t i = 0; i < findings->warning_count; i++) {
        free(findings->warnings[i].text);
        free(findings->warnings[i].command);
    }
    free(findings->backends);
    free(findings->pairs);
    free(findings->box_steps);
    languages_release(findings);
    free(findings->warnings);
    scenario_release(&findings->scenario);
    *findings = (struct findings){0};
}
