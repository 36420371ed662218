/* tracked_process: one process of the service, read again and again. The sums of what it has used never fall when its
 * threads end between two readings. */
#ifndef TWOFOLD_HOST_PROC_TRACKED_PROCESS_H
#define TWOFOLD_HOST_PROC_TRACKED_PROCESS_H

#include "host/proc/cpu_account.h"
#include "host/proc/proc_abilities.h"
#include "host/proc/proc_reader.h"
#include "host/proc/tracked_threads.h"
#include "record/sample.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

struct tracked_process {
    pid_t pid;
    int folder; /* /proc/PID, open: reading below it fails once the process is gone, even when another has its number */
    pid_t front; /* the thread whose files are read for the process, where the first one has ended; 0: the first */
    struct proc_file statm, stat;
    clockid_t clock; /* of the whole process, with its ended threads */
    bool has_clock;
    uint64_t file_descriptors_at_ns; /* when they were last counted */
    uint64_t limit_at_ns;            /* when their limit was last read; 0: never */
    struct tracked_threads threads;

    /* the last reading */
    bool living;  /* neither gone nor a zombie */
    bool gone;    /* not even a zombie */
    bool stopped; /* by a signal or a debugger */
    bool blocked; /* its first thread cannot be interrupted */
    pid_t parent; /* 0: not known */
    struct cpu_account cpu;
    uint64_t major_faults, block_wait_ns;
    uint64_t rss_bytes, anonymous_bytes, file_descriptors;
    bool file_descriptors_hidden;   /* they may not be counted: the process is another user's */
    uint64_t file_descriptor_limit; /* 0: unknown */
};

/* Begins to track `pid`. Returns -1 when it is gone. */
int tracked_process_init(struct tracked_process *process, pid_t pid);
void tracked_process_release(struct tracked_process *process, struct proc_reader *reader);

/* Reads all of it. Returns -1 when the process is gone: what it has used stays as last seen, and what it held becomes
 * 0. */
int tracked_process_read(struct tracked_process *process, struct proc_reader *reader,
                         const struct proc_abilities *abilities);

/* The expensive reading of memory, added to `*total`. Returns whether the proportional share (pss) is known. */
bool tracked_process_memory(const struct tracked_process *process, struct proc_reader *reader,
                            struct memory_reading *total);

/* Makes its present resident memory its peak. Returns -1 when the system does not allow that. */
int tracked_process_reset_peak(const struct tracked_process *process);

#endif
