/* cause: what was behind a broken step, as far as the figures show it and never more certain than they are. */
#ifndef TWOFOLD_ANALYSIS_CAUSE_CAUSE_H
#define TWOFOLD_ANALYSIS_CAUSE_CAUSE_H

#include "analysis/cause/evidence.h"
#include "analysis/usage/step_usage.h"
#include "analysis/verdict/verdict.h"
#include "record/run_log.h"

#include <stdbool.h>
#include <stddef.h>

enum cause {
    CAUSE_UNKNOWN,
    CAUSE_CPU,        /* its cores were saturated, or the CPU time allowed to it was used up */
    CAUSE_ONE_THREAD, /* one thread was saturated while other cores of the service were idle */
    CAUSE_WAITING,    /* responses were late while CPU was idle: a lock, a pool, a sleep */
    CAUSE_DEPENDENCY, /* a dependency was saturated, or slow: the time of the service's requests passed there */
    CAUSE_MEMORY,     /* memory grew beyond its limit or towards it, was swapped out, or got the service killed */
    CAUSE_BACKLOG,    /* its accept queue overflowed, in proportion to what was late or failed, with CPU to spare */
    CAUSE_FILE_DESCRIPTORS, /* a process of the service had as many open as it may */
    CAUSE_CRASH,            /* its process ended */
    CAUSE_GENERATOR,        /* of an invalid step: the load generator itself */
    CAUSE_COUNT,
};

/* "unknown", "cpu", "one-thread", "waiting", "dependency", "memory", "backlog", "file-descriptors", "crash",
 * "generator". */
const char *cause_name(enum cause cause);

struct cause_finding {
    enum cause cause;
    enum cause second; /* another one that the figures allow as well; CAUSE_UNKNOWN: none */
    bool slow;         /* one of the two is a dependency that was not saturated: the service waited for it */
    bool queued;       /* one of the two is CPU or a thread that was not saturated on average: requests queued for it */
    struct evidence evidence[EVIDENCE_MOST];
    size_t evidence_count;
};

/* The cause of the first breach in `verdict`, which must be the step's own, as `usage` must be. The figures of an
 * invalid step say nothing of the service: there the cause is the generator or unknown, without evidence. */
void cause_find(const struct step_record *step, const struct step_verdict *verdict, const struct step_usage *usage,
                struct cause_finding *ret_finding);

#endif
