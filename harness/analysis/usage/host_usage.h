/* on_host: what a step looked like from the host: the readings over its measured part put into shares and peaks. */
#ifndef TWOFOLD_ANALYSIS_USAGE_HOST_USAGE_H
#define TWOFOLD_ANALYSIS_USAGE_HOST_USAGE_H

#include "record/run_log.h"

#include <stdbool.h>
#include <stdint.h>

/* What the host's samples over the measured part say. All is 0 where there were fewer than two samples. */
struct host_usage {
    bool known;                  /* there were two samples or more */
    double service_cores;        /* cores' worth of CPU that the process tree used: 0.98 of 1 core, 1.7 of 2, … */
    double busiest_thread_share; /* of one core, by the thread that worked most, mean over the samples */
    double service_cores_busy;   /* share of the service's cores that anyone used, kernel work included; never less
                                    than the service and the dependencies beside it are known to have used */
    double kernel_cores;    /* cores' worth of irq and softirq on the service's cores: packets being received. Where
                                    the kernel does not account for them apart, they are in service_cores as well */
    double run_delay_share; /* of elapsed time that its threads waited for a core, summed over threads */
    uint64_t rss_first_bytes, rss_peak_bytes;
    uint64_t descriptors_peak;
    uint64_t descriptors_most, descriptor_limit; /* of the process that came nearest to its limit, when it did */
    uint64_t listen_overflows;
    uint64_t accept_queue_peak;
    uint64_t retransmits;
    uint64_t oom_kills, swapped_pages;
    double throttled_share;     /* of the time, by the control group's quota */
    double steal_share;         /* of one core's time, summed over all cores */
    double service_steal_cores; /* cores' worth that the hypervisor took from the service's cores */
    double sampling_share;      /* of one core's time that reading all this took */
    double
        foreign_cores; /* cores' worth of work on the service's cores that neither its processes nor its dependencies did: other
                             programs, and the kernel's receive path for the generator's packets */
};

/* What one dependency (record/dependency.h) did over the same time. */
struct dependency_host_usage {
    const char *name;            /* of the record */
    double cores;                /* cores' worth of CPU that it used */
    double cores_share;          /* the same of those that it may run on */
    double busiest_thread_share; /* of one core */
    bool shared;                 /* it runs on the service's cores */
};

/* Of all dependencies that were sampled the one that used most of what it may; false: there was none. */
bool dependency_host_usage_find(const struct step_record *step, struct dependency_host_usage *ret_dependency);

/* The same of the samples between two moments of the measured part, which count from its start. */
void host_usage_between(const struct step_record *step, unsigned service_core_count, uint64_t from_ns, uint64_t to_ns,
                        struct host_usage *ret_load);

void host_usage_find(const struct step_record *step, unsigned service_core_count, struct host_usage *ret_load);

#endif
