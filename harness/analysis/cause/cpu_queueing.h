/* cpu_queueing: how much of the time that answers took is what queueing for CPU comes to, where CPU was not full on average.
 * Requests come at random: one that needs 165 ms of a thread that is busy for two thirds of the time waits for it most
 * of the time, and a lock or a pool need not be asked for. The mean response time of requests that need S of CPU each,
 * from c cores that are busy for a share r of the time, is about S + S r^(sqrt(2(c+1))-1) / (c (1-r)) (Sakasegawa, "An
 * approximation formula L_q = alpha beta^rho/(1-rho)", 1977); exact for one core and exponential needs. */
#ifndef TWOFOLD_ANALYSIS_CAUSE_CPU_QUEUEING_H
#define TWOFOLD_ANALYSIS_CAUSE_CPU_QUEUEING_H

#include "analysis/usage/host_usage.h"
#include "record/run_log.h"

#include <stdbool.h>

struct cpu_queueing {
    double busy_share;     /* of the thread that does nearly all the work, or of all its cores */
    bool one_thread;       /* it is the thread */
    double expected_ns;    /* mean response time by the formula */
    double expected_share; /* the same by the mean response time seen: near 1, and CPU is what was waited for */
};

/* False, and *ret_queue untouched, where nothing was answered or the host was not sampled. */
bool cpu_queueing_find(const struct step_record *step, const struct host_usage *host, unsigned cores,
                       struct cpu_queueing *ret_queue);

#endif
