/* cause: what the evidence says behind a broken step, never more certain than the figures are. */
#ifndef TWOFOLD_ANALYSIS_CAUSE_H
#define TWOFOLD_ANALYSIS_CAUSE_H

#include "record/run_log.h"

#include <stdbool.h>
#include <stddef.h>

enum cause {
    CAUSE_UNKNOWN,
    CAUSE_CPU,        /* its cores were full */
    CAUSE_ONE_THREAD, /* one thread was full while its other cores idled */
    CAUSE_WAITING,    /* latency up and CPU idle: a lock, a pool, a sleep */
    CAUSE_DEPENDENCY,
    CAUSE_MEMORY,
    CAUSE_BACKLOG, /* its listen queue overflowed */
    CAUSE_DESCRIPTORS,
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

#define EVIDENCE_MOST 8

struct cause_finding {
    enum cause cause;
    struct evidence evidence[EVIDENCE_MOST];
    size_t evidence_count;
};

/* What the host's samples over the measured part say. Shares are 0 where there were fewer than two samples. */
struct load_on_host {
    double service_cores;        /* cores' worth of CPU that the process tree used: 0.98 of 1 core, 1.7 of 2, … */
    double busiest_thread_share; /* of one core, by the thread that worked most, mean over the samples */
    double service_cores_busy;   /* share of the service's cores that anyone used, kernel work included */
    double run_delay_share;      /* of elapsed time that its threads waited for a core, summed over threads */
    uint64_t rss_peak_bytes;
    uint64_t descriptors_peak;
    uint64_t listen_overflows;
    uint64_t retransmits;
    double steal_share;   /* of all cores' time */
    double foreign_cores; /* cores' worth of work on the service's cores that its processes did not do: other programs,
                             and the kernel's receive path for the generator's packets */
};

void load_on_host(const struct step_record *step, unsigned service_core_count, struct load_on_host *ret_load);

void cause_find(const struct step_record *step, unsigned service_core_count, struct cause_finding *ret_finding);

#endif
