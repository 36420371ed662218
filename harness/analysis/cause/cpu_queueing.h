/* cpu_queueing: how much of the response time is explained by requests queueing for CPU that was not saturated on
 * average. Requests arrive at random: where each needs 165 ms of a thread that is busy for two thirds of the time, it
 * waits for that thread most of the time, without any lock or pool. The mean response time of requests that need S of
 * CPU each, from c cores that are busy for a share r of the time, is about S + S r^(sqrt(2(c+1))-1) / (c (1-r))
 * (Sakasegawa, "An approximation formula L_q = alpha rho^beta/(1-rho)", 1977); exact for one core and exponential
 * needs. */
#ifndef TWOFOLD_ANALYSIS_CAUSE_CPU_QUEUEING_H
#define TWOFOLD_ANALYSIS_CAUSE_CPU_QUEUEING_H

#include "analysis/usage/host_usage.h"
#include "record/run_log.h"

#include <stdbool.h>

struct cpu_queueing {
    bool one_thread;       /* one thread did nearly all the work; otherwise all cores are meant */
    double busy_share;     /* of that thread, or of all cores */
    double expected_ns;    /* mean response time by the formula */
    double expected_share; /* expected_ns / mean response time seen: near 1 where CPU is what was waited for */
};

/* Returns false, and leaves *ret_queueing untouched, where nothing was answered, or the CPU time or
 * the threads of the service were not read. */
bool cpu_queueing_find(const struct step_record *step, const struct host_usage *host, unsigned cores,
                       struct cpu_queueing *ret_queueing);

/* Whether queueing for CPU comes to at least half of the time that requests took. */
bool cpu_queueing_explains(const struct cpu_queueing *queueing);

#endif
