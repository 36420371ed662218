/* process_tree: a service's process and all its descendants, found again at each reading; the sums over them. */
#ifndef TWOFOLD_HOST_PROC_PROCESS_TREE_H
#define TWOFOLD_HOST_PROC_PROCESS_TREE_H

#include "host/proc/proc_abilities.h"
#include "host/proc/proc_reader.h"
#include "host/proc/tracked_process.h"
#include "record/sample.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct process_tree {
    struct tracked_process *processes;
    size_t count;
    struct proc_abilities abilities;
    uint64_t ended_cpu_ns, ended_run_delay_ns, ended_switches; /* of processes that are gone */
    bool marked;                                               /* a sample stands before the next */
    struct proc_file loadavg;
    uint64_t last_pid;     /* of this machine, when it was looked for children last; 0: not known */
    uint64_t looked_at_ns; /* when that was */
};

/* The tree below `root`. One that is gone already is a tree of no processes. */
void process_tree_init(struct process_tree *tree, pid_t root, const struct proc_abilities *abilities);
void process_tree_release(struct process_tree *tree, struct proc_reader *reader);

/* Read every process; fill the part "the service" of `*ret_sample` (but for the accept queue). */
void process_tree_read(struct process_tree *tree, struct proc_reader *reader, struct sample *ret_sample);

/* The dearer reading. It does not count as one between two samples. */
void process_tree_memory(struct process_tree *tree, struct proc_reader *reader, struct memory_reading *ret_memory);

/* Reset the peak of each. Returns -1 when one of them could not be. */
int process_tree_reset_peak(struct process_tree *tree, struct proc_reader *reader);

#endif
