/* cause: what was behind a broken step, as far as the figures show it and never more certain than they are. */
#ifndef TWOFOLD_ANALYSIS_CAUSE_CAUSE_H
#define TWOFOLD_ANALYSIS_CAUSE_CAUSE_H

#include "analysis/cause/context.h"
#include "analysis/cause/evidence.h"
#include "analysis/usage/step_usage.h"
#include "analysis/verdict/verdict.h"
#include "record/run_log.h"

#include <stdbool.h>
#include <stddef.h>

enum cause {
    CAUSE_UNKNOWN,
    CAUSE_CPU,        /* its cores were saturated */
    CAUSE_QUOTA,      /* a CPU quota, or an affinity, kept it from cores that were idle */
    CAUSE_ONE_THREAD, /* one thread was saturated while other cores of the service were idle */
    CAUSE_WAITING,    /* responses were late with CPU to spare, or one came after the other: a lock, a pool, a sleep */
    CAUSE_DEPENDENCY, /* a dependency was saturated, or slow: the time of the service's requests passed there */
    CAUSE_MEMORY,     /* memory was above its limit or grew towards it, was paged out, or got a process killed */
    CAUSE_BACKLOG,    /* its accept queue overflowed, in proportion to what was late or failed, with CPU to spare */
    CAUSE_FILE_DESCRIPTORS, /* a process of the service had as many open as it may */
    CAUSE_SHEDDING,         /* it refused: most that failed got one error status, as fast as the rest */
    CAUSE_PAUSE,            /* it stopped answering for a while, at regular distances */
    CAUSE_STOPPED,          /* its processes were stopped from outside, as by SIGSTOP or a debugger */
    CAUSE_NETWORK,          /* what it sent was lost on the way: the rate of a link was used up, or a link is bad */
    CAUSE_FOREIGN_WORK,     /* others used its cores at least as much as it did, and these were saturated */
    CAUSE_CRASH,            /* its process ended */
    CAUSE_NOT_WATCHED,      /* its processes were not read, or not all of them, and what is known names nothing */
    CAUSE_GENERATOR,        /* of an invalid step: the load generator itself */
    CAUSE_COUNT,
};

/* "unknown", "cpu", "quota", "one-thread", "waiting", "dependency", "memory", "backlog", "file-descriptors",
 * "shedding", "pause", "stopped", "network", "foreign-work", "crash", "not-watched", "generator". */
const char *cause_name(enum cause cause);

struct cause_finding {
    enum cause cause;
    enum cause second; /* another one that the figures allow as well; CAUSE_UNKNOWN: none */
    bool slow;         /* one of the two is a dependency that was not saturated: the service waited for it */
    bool queued;       /* one of the two is CPU or a thread that was not saturated on average: requests queued for it */
    bool crowded;      /* the cores of the service were busy, whoever used them */
    bool serial;       /* it waited, and its CPU was not idle: one request was let through after another */
    struct evidence evidence[EVIDENCE_MOST];
    size_t evidence_count;
};

/* The cause of the first breach in `verdict`, which must be the step's own, as `usage` must be. `context` may be NULL:
 * nothing is known around the step. The figures of an invalid step say nothing of the service: there the cause is the
 * generator or unknown, without evidence. */
void cause_find(const struct step_record *step, const struct step_verdict *verdict, const struct step_usage *usage,
                const struct cause_context *context, struct cause_finding *ret_finding);

#endif
