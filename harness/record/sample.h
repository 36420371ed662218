/* sample: one reading of the service's processes and of the machine that they run on. Counters are totals since the
 * process or the machine started; whoever uses them takes differences. Not every watch can read everything: a sample
 * says which of its parts were not read. */
#ifndef TWOFOLD_RECORD_SAMPLE_H
#define TWOFOLD_RECORD_SAMPLE_H

#include <stdint.h>

/* The parts of a sample. Each is read from one place, and is there or absent as a whole. */
enum sample_part {
    SAMPLE_CPU = 1 << 0,              /* cpu_ns */
    SAMPLE_MEMORY = 1 << 1,           /* rss_bytes, anonymous_bytes */
    SAMPLE_FILE_DESCRIPTORS = 1 << 2, /* file_descriptors, file_descriptors_most, file_descriptor_limit */
    SAMPLE_THREADS = 1 << 3,          /* what only the processes themselves tell: all else of "the service" */
    SAMPLE_ACCEPT_QUEUE = 1 << 4,     /* accept_queue */
    SAMPLE_GROUP = 1 << 5,            /* service_group_… */
    SAMPLE_MACHINE = 1 << 6,          /* "the machine", "the control group of the harness" and the pressures */
};

#define SAMPLE_ALL 0x7f /* all parts */

struct sample {
    uint64_t at_ns;   /* clock_now_ns() when the reading began */
    uint64_t cost_ns; /* the CPU time that the reading took */

    /* The service: its process and all descendants. */
    uint64_t processes, threads;
    uint64_t cpu_ns;                /* user and system; of descendants that have ended, what their parents were
                                     * charged when they waited for them, and otherwise as much as was seen */
    uint64_t busiest_thread_cpu_ns; /* since the sample before, by the thread that used most */
    uint64_t run_delay_ns;          /* its threads were ready to run and waited for a core (schedstat) */
    uint64_t rss_bytes;             /* resident memory, summed over processes: shared pages count once per process */
    uint64_t anonymous_bytes;       /* resident anonymous memory, summed over processes; 0 if it is not known */
    uint64_t file_descriptors;      /* open file descriptors, summed over processes */
    uint64_t file_descriptors_most; /* those of the process that is nearest to its limit */
    uint64_t file_descriptor_limit; /* that limit; 0 if it is not known */
    uint64_t context_switches;      /* voluntary and involuntary */
    uint64_t accept_queue;          /* connections in the accept queue of the service's port at this moment */

    /* Also of the service. 0 in files that are older than these figures. */
    uint64_t active_threads;    /* that ran or waited for a core since the sample before (schedstat) */
    uint64_t stopped_processes; /* stopped by a signal or a debugger (state T or t) at this moment */
    uint64_t blocked_processes; /* whose first thread cannot be interrupted at this moment (state D): it waits for a
                                 * disk, or for a child that it began with vfork */
    uint64_t major_faults;      /* pages that had to be read from a disk; of descendants that have ended, as seen */
    uint64_t block_wait_ns;     /* its first threads waited for a disk; 0 where the kernel does not account for it
                                 * (kernel.task_delayacct) */

    /* The control groups (version 1 or 2) that the service is in and the harness is not: from its own outwards. All 0
     * if there is none, if they have no such limit, and in files that are older than these figures. Counters begin with
     * the sampler's first reading. */
    uint64_t service_group_throttled_periods; /* in which the tightest CPU quota was used up */
    uint64_t service_group_periods;           /* of that quota, in which it had something to run */
    uint64_t service_group_throttled_ns;      /* without CPU because of that quota, summed over cores */
    uint64_t service_group_memory_bytes;      /* charged to the group with the tightest memory limit */
    uint64_t service_group_memory_limit_bytes;
    uint64_t service_group_oom_kills; /* processes killed in them because memory ran out */

    /* The machine, or the network namespace. */
    uint64_t listen_overflows;    /* connections that found the accept queue full (ListenOverflows) */
    uint64_t retransmits;         /* TCP segments sent again */
    uint64_t link_received_bytes; /* by its interfaces other than loopback (host/machine/link_counters.h). All three
                                   * are 0 where the requests came over loopback, and in files that are older */
    uint64_t link_sent_bytes;
    uint64_t link_bytes_per_s;        /* that they can carry each way; 0: not known */
    uint64_t steal_ns;                /* taken by the hypervisor, all cores */
    uint64_t busy_ns;                 /* all processes, all cores: user, nice, system, irq, softirq */
    uint64_t service_cores_busy_ns;   /* the same on the service's cores */
    uint64_t service_cores_kernel_ns; /* of that, irq and softirq, in which packets are received */
    uint64_t service_cores_steal_ns;  /* taken by the hypervisor from the service's cores */
    uint64_t oom_kills;               /* processes that the kernel killed because memory ran out */
    uint64_t swapped_pages;           /* in and out */

    /* The control group of the harness and the service. 0 if there is none, or if it is not known. */
    uint64_t group_throttled_ns; /* time without CPU because the quota was used up */
    uint64_t group_memory_bytes;

    double service_group_quota_cores; /* the tightest CPU quota of the service's own groups; 0: none */

    double pressure_cpu, pressure_memory, pressure_io; /* PSI "some avg10", in percent; -1 if it is not known */

    uint64_t absent; /* the parts (enum sample_part) that were not read at this moment: their members are 0 and mean
                      * nothing. 0 in files that are older than this */
};

/* What is read only between steps, because it costs more or means something only at rest. */
struct memory_reading {
    uint64_t rss_bytes;
    uint64_t pss_bytes; /* shared pages are divided among the processes that share them; 0 if it is not known */
    uint64_t anonymous_bytes;
    uint64_t peak_bytes; /* the highest rss of each process since the last reset, summed: an upper bound */
    uint64_t swap_bytes; /* swapped out, summed over processes; 0 if it is not known */
};

#endif
