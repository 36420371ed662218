/* cause: what the evidence says behind a broken step, never more certain than the figures are. */
#ifndef TWOFOLD_ANALYSIS_CAUSE_CAUSE_H
#define TWOFOLD_ANALYSIS_CAUSE_CAUSE_H

#include "analysis/usage/host_usage.h"
#include "analysis/verdict/verdict.h"
#include "record/run_log.h"

#include <stdbool.h>
#include <stddef.h>

enum cause {
    CAUSE_UNKNOWN,
    CAUSE_CPU,        /* its cores were full, or the CPU time allowed to it was used up */
    CAUSE_ONE_THREAD, /* one thread was full while its other cores idled */
    CAUSE_WAITING,    /* late answers and CPU idle: a lock, a pool, a sleep */
    CAUSE_DEPENDENCY, /* it was full, or slow: there the time of the service's requests passed */
    CAUSE_MEMORY,     /* it grew beyond its limit or towards it, it was swapped out, or the kernel killed it for it */
    CAUSE_BACKLOG, /* its accept queue overflowed, in proportion to what was late or failed, with CPU to accept more */
    CAUSE_FILE_DESCRIPTORS, /* a process of it had as many open as it may */
    CAUSE_CRASH,
    CAUSE_GENERATOR,
    CAUSE_COUNT,
};

const char *cause_name(enum cause cause); /* "cpu", "one-thread", … */

/* A figure behind a cause. The key carries the unit: "service_cpu_share", "busiest_thread_share", "rss_peak_bytes". */
struct evidence {
    const char *key; /* static */
    double value;
};

#define EVIDENCE_MOST 28

struct cause_finding {
    enum cause cause;
    enum cause second; /* the next that the figures allow as well; CAUSE_UNKNOWN: none */
    bool slow;         /* a dependency that one of the two names was not full: it was waited for */
    bool queued;       /* CPU or a thread that one of the two names was not full on average: requests queued for it */
    struct evidence evidence[EVIDENCE_MOST];
    size_t evidence_count;
};

/* The cause of the first breach in `verdict`, which is the step's own. Of an invalid step only whether the generator
 * was what spoiled it: its figures say nothing of the service. */
void cause_find(const struct step_record *step, const struct step_verdict *verdict, unsigned service_core_count,
                struct cause_finding *ret_finding);

#endif
