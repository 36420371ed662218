#include "analysis/capacity/efficiency.h"

#include "analysis/capacity/box_steps.h"
#include "analysis/capacity/capacity.h"
#include "analysis/usage/service_place.h"
#include "base/mem.h"
#include "plan/scenario/doubling.h"
#include "stats/least_squares.h"
#include "stats/sample.h"

#include <math.h>
#include <stdlib.h>

#define MS     UINT64_C(1000000)
#define MB_100 100e6

/* Good steps that a line takes. */
#define POINTS_LEAST 3

const uint64_t efficiency_limits_ns[EFFICIENCY_LIMITS] = {10 * MS, 25 * MS, 50 * MS, 100 * MS, 250 * MS};

/* What it would hold under another latency limit; NAN where that is not between two steps. */
static double capacity_under(const struct findings *findings, const struct backend_finding *backend, uint64_t limit_ns)
{
    struct limits limits = findings->scenario.limits;
    const struct verdict_terms terms = {.limits = &limits,
                                        .traffic = &findings->scenario.traffic,
                                        .cores_shared =
                                            service_place_find(findings->log, backend->record->name).shared};
    struct backend_finding again = {.record = backend->record, .step_count = backend->step_count};

    limits.percentile = 0.99;
    limits.latency_ns = limit_ns;
    again.steps = mem_new(backend->step_count, sizeof *again.steps);
    for (size_t i = 0; i < again.step_count; i++) {
        again.steps[i] = backend->steps[i];
        verdict_judge(again.steps[i].record, &again.steps[i].usage.host, &terms, &again.steps[i].verdict);
    }
    capacity_find(&again);
    capacity_release(&again);
    free(again.steps);
    return again.holds && again.breaks ? (double)again.holds_at : NAN;
}

/* The lower one of two in the middle, as for levels. */
static double cpu_at(const struct backend_finding *backend, uint64_t level)
{
    double *figures = mem_new(backend->step_count, sizeof *figures);
    size_t count = 0;

    for (size_t i = 0; i < backend->step_count; i++) {
        const struct step_finding *step = &backend->steps[i];
        if (step->record->level == level && step->verdict.verdict == VERDICT_PASS && step->cpu_ns_per_request > 0) {
            figures[count++] = (double)step->cpu_ns_per_request;
        }
    }
    sample_sort(figures, count);
    double median = sample_low_median(figures, count);
    free(figures);
    return median;
}

/* Of the trial that stands for it, from step to step of the ladder: of what doubles, whatever else is open. */
static double memory_per_connection(const struct findings *findings, const struct backend_finding *backend)
{
    bool slow = findings->scenario.doubling == DOUBLING_SLOW;

    if (!doubling_of_connections(findings->scenario.doubling) || backend->last_good == NULL) {
        return NAN;
    }
    double *connections = mem_new(backend->step_count, sizeof *connections);
    double *bytes = mem_new(backend->step_count, sizeof *bytes);
    struct fitted_line line;
    size_t count = 0;
    for (size_t i = 0; i < backend->step_count; i++) {
        const struct step_finding *step = &backend->steps[i];
        if (capacity_shows(backend, step) && step->record->trial == backend->last_good->record->trial) {
            const struct load_record *load = &step->record->load;
            connections[count] = (double)(slow ? load->slow.open : load->connections);
            bytes[count++] = (double)step->usage.host.rss_peak_bytes;
        }
    }
    least_squares_fit(connections, bytes, count, &line);
    free(connections);
    free(bytes);
    return count >= POINTS_LEAST && line.x_squares > 0 ? line.slope : NAN;
}

void efficiency_find(const struct findings *findings, const struct backend_finding *backend,
                     struct efficiency *ret_efficiency)
{
    const struct step_finding *good = backend->last_good;
    struct efficiency efficiency = {.doublings = NAN, .good_rps_per_core = NAN, .good_rps_per_100mb = NAN};
    double logarithms = 0;

    for (size_t i = 0; i < EFFICIENCY_LIMITS; i++) {
        efficiency.capacities[i] =
            backend->distrusted != NULL ? NAN : capacity_under(findings, backend, efficiency_limits_ns[i]);
        logarithms += log(efficiency.capacities[i]);
    }
    efficiency.critical_capacity = exp(logarithms / EFFICIENCY_LIMITS);
    efficiency.bytes_per_connection = memory_per_connection(findings, backend);
    efficiency.cpu_ns_per_request =
        findings->common_level > 0 && backend->distrusted == NULL ? cpu_at(backend, findings->common_level) : NAN;
    if (good != NULL) {
        efficiency.doublings = log2((double)backend->holds_at / (double)findings->scenario.from);
        efficiency.good_rps_per_core = good->good_rps / box_steps_cores(backend);
        efficiency.good_rps_per_100mb = good->usage.host.rss_peak_bytes > 0
                                            ? good->good_rps / ((double)good->usage.host.rss_peak_bytes / MB_100)
                                            : NAN;
    }
    *ret_efficiency = efficiency;
}
