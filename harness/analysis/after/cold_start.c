#include "analysis/after/cold_start.h"

#include "analysis/usage/host_usage.h"

#include <math.h>
#include <stddef.h>

/* A cold process uses so many times as much CPU for a request. */
#define COLD_LEAST 1.5

/* The figures of a strange run log can be anything; more than this is no time. */
#define NS_MOST 0x1p62

/* 0: not known. */
static double cpu_per_request(const struct step_record *step, unsigned cores)
{
    struct host_usage usage;

    if (step == NULL || step->load.tally.completed == 0) {
        return 0;
    }
    host_usage_between(step, cores, 0, step->load.measured_ns, &usage);
    double ns = usage.service_cores * (double)step->load.measured_ns / (double)step->load.tally.completed;
    return host_usage_has(&usage, SAMPLE_CPU) ? fmin(ns, NS_MOST) : 0;
}

void cold_start_find(const struct step_record *first, const struct step_record *recovery, unsigned cores,
                     struct cold_start *ret_cold_start)
{
    double cold_ns = cpu_per_request(first, cores), warm_ns = cpu_per_request(recovery, cores);

    *ret_cold_start = (struct cold_start){0};
    if (cold_ns > 0 && warm_ns > 0) {
        *ret_cold_start = (struct cold_start){.known = true,
                                              .cold = cold_ns >= COLD_LEAST * warm_ns,
                                              .cold_cpu_ns = cold_ns,
                                              .warm_cpu_ns = warm_ns,
                                              .ratio = cold_ns / warm_ns,
                                              .first = first,
                                              .warm = recovery};
    }
}
