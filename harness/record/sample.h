/* sample: one reading of the service's process tree and of the machine under it. Counters are cumulative since the
 * process or the machine began; whoever judges takes differences. */
#ifndef TWOFOLD_RECORD_SAMPLE_H
#define TWOFOLD_RECORD_SAMPLE_H

#include <stdint.h>

struct sample {
    uint64_t at_ns;   /* clock_now_ns() when the reading began */
    uint64_t cost_ns; /* CPU time the reading itself took */

    /* the service: its process and all descendants */
    uint64_t processes, threads;
    uint64_t cpu_ns; /* user and system, all threads, also of descendants that have ended as far as they were seen */
    uint64_t busiest_thread_cpu_ns; /* of the thread that used most since the reading before: what it used since then */
    uint64_t run_delay_ns;          /* time its threads were runnable and waited for a core (schedstat) */
    uint64_t rss_bytes;             /* resident, summed over processes: shared pages count once a process */
    uint64_t anonymous_bytes;       /* resident anonymous memory, summed; 0 where it is not known */
    uint64_t descriptors;           /* open file descriptors, summed */
    uint64_t descriptors_most;      /* of the process that is nearest to its limit */
    uint64_t descriptor_limit;      /* that limit; 0 where it is not known */
    uint64_t context_switches;      /* voluntary and involuntary */
    uint64_t accept_queue;          /* connections waiting to be accepted on the service's port, at this moment */

    /* the machine (network namespace) */
    uint64_t listen_overflows;        /* accept queues found full (ListenOverflows) */
    uint64_t retransmits;             /* TCP segments sent again */
    uint64_t steal_ns;                /* taken by the hypervisor, all cores */
    uint64_t busy_ns;                 /* all cores, all processes: user, nice, system, irq, softirq */
    uint64_t service_cores_busy_ns;   /* the same on the service's cores only */
    uint64_t service_cores_kernel_ns; /* of that: irq and softirq, which is where packets are received */
    uint64_t service_cores_steal_ns;  /* taken by the hypervisor from the service's cores */
    uint64_t oom_kills;               /* processes that the kernel killed for want of memory */
    uint64_t swapped_pages;           /* swapped in and out */

    /* the control group that harness and service are in; 0 where there is none or it is not known */
    uint64_t group_throttled_ns; /* stood still because its quota of CPU time was used up */
    uint64_t group_memory_bytes;

    double pressure_cpu, pressure_memory, pressure_io; /* PSI "some avg10" in percent; -1 where not known */
};

/* What is read between steps: dearer or only meaningful at rest. */
struct memory_reading {
    uint64_t rss_bytes;
    uint64_t pss_bytes; /* proportional: shared pages divided among those who share; 0 where not known */
    uint64_t anonymous_bytes;
    uint64_t peak_bytes; /* highest rss since the last reset, summed over processes (upper bound of the tree's peak) */
    uint64_t swap_bytes; /* swapped out, summed; 0 where not known */
};

#endif
