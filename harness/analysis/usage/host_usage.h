/* host_usage: what the samples of the host say of the resources used between two moments of a step, as shares and
 * peaks; and when a resource counts as saturated. */
#ifndef TWOFOLD_ANALYSIS_USAGE_HOST_USAGE_H
#define TWOFOLD_ANALYSIS_USAGE_HOST_USAGE_H

#include "record/run_log.h"

#include <stdbool.h>
#include <stdint.h>

/* Figures in cores are CPU time divided by elapsed time: 0.98 of one core, 1.7 of two. A figure with a fraction that is
 * made of a part that was not read is NAN; a count or a size is 0 then, and only host_usage_has tells it from none. */
struct host_usage {
    bool known;       /* at least two samples, and of the processes that serve; otherwise all figures are 0 */
    bool not_watched; /* the processes that serve were not read */
    uint64_t absent;  /* the parts (enum sample_part) that were not read, or not often enough for an amount */

    double service_cores;        /* by the service's process tree */
    double busiest_thread_share; /* of one core, by the thread that worked most in each sample, mean over the samples */
    double run_delay_share;      /* of the elapsed time that its threads waited for a core, summed over threads */
    double run_delay_per_thread; /* the same for one thread: divided by active_threads. NAN: not known */
    double waiting_share; /* of the time that its threads could run, they waited for a core. A thread that lacks nothing
                           * is at the utilisation of its core. NAN: none could run */
    double threads;       /* mean number */
    double active_threads;   /* mean number that ran or waited for a core from one sample to the next; 0: not known */
    double stopped_share;    /* of the samples, in which a process of the service was stopped (SIGSTOP, a debugger) */
    double blocked_share;    /* of the samples, in which the first thread of a process waited for a disk (state D) */
    double block_wait_share; /* of the elapsed time that first threads of its processes waited for a disk, summed */
    uint64_t major_faults;   /* pages that it had to wait for a disk for */

    /* The service's cores. */
    double service_cores_busy;  /* share of them in use by anyone, the kernel included; never less than the service and
                                  the dependencies beside it are known to have used */
    double kernel_cores;        /* cores spent in irq and softirq, which is where packets are received. Where the kernel
                                  does not account for these apart, they are part of service_cores as well */
    double foreign_cores;       /* cores used neither by the service nor by its dependencies: other programs, and the
                                  kernel's receive path for the generator's packets */
    double service_steal_cores; /* cores that the hypervisor took */

    uint64_t rss_first_bytes, rss_peak_bytes;
    uint64_t file_descriptors_peak; /* open at a time, summed over processes */
    uint64_t file_descriptors_most; /* open in the process that came nearest to its limit, when it was nearest */
    uint64_t file_descriptor_limit; /* of that process; 0: not known */
    uint64_t accept_queue_overflows;
    uint64_t accept_queue_peak;
    uint64_t retransmits;
    double link_bytes_per_s; /* that its link carried, the way that carried more; NAN: not known, or no link was used */
    double link_share;       /* of what its link can carry that way; NAN: not known */
    uint64_t oom_kills, swapped_pages;
    double throttled_share; /* of the time that a CPU quota stopped the service: that of its own control groups, or of
                             * those that it shares with the harness, whichever did more; at most 1 */
    double throttled_periods_share;   /* of the periods of its own groups' quota, in which that was used up */
    double quota_cores;               /* the tightest CPU quota of the control groups of its own; 0: none */
    uint64_t memory_limit_bytes;      /* the tightest memory limit of these groups; 0: none */
    uint64_t memory_limit_peak_bytes; /* the most that was charged to the group with that limit */
    uint64_t group_oom_kills;         /* processes killed in these groups because memory ran out */
    double steal_share;    /* of one core's time that the hypervisor took, summed over all cores of the machine */
    double sampling_share; /* of one core's time that taking the samples cost */
};

/* Whether that part was read. */
bool host_usage_has(const struct host_usage *usage, enum sample_part part);

/* From the samples between two moments, which count from the start of the measured part. For the whole measured part of
 * a step use step_usage_find. */
void host_usage_between(const struct step_record *step, unsigned service_core_count, uint64_t from_ns, uint64_t to_ns,
                        struct host_usage *ret_usage);

/* A core, a thread or a link counts as saturated from this share of it on: sampling and the kernel's own work leave a
 * rest. */
#define HOST_USAGE_SATURATED 0.90

/* Whether one thread of the service was saturated. */
bool host_usage_thread_saturated(const struct host_usage *usage);

/* Whether the service's cores were saturated: by the service itself, or together with others where the service used at
 * least half of them. Time that the kernel spent receiving packets there and time that the hypervisor took are as gone
 * as time that the service used. */
bool host_usage_cores_saturated(const struct host_usage *usage, unsigned service_core_count);

/* Whether the service's threads waited for a core for a substantial part of the time, and not for their quota. */
bool host_usage_waits_for_cores(const struct host_usage *usage);

/* Whether a CPU quota stopped the service for a substantial part of the time. */
bool host_usage_throttled(const struct host_usage *usage);

/* Whether the rate of its host's link was used up. Headers of frames and the gaps between them are not counted. */
bool host_usage_link_full(const struct host_usage *usage);

/* Whether a process of the service had as many file descriptors open as it may. */
bool host_usage_file_descriptors_exhausted(const struct host_usage *usage);

#endif
