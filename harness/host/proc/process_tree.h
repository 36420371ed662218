/* process_tree: the process of a service and all its descendants, which are looked for again at each reading, and the
 * sums over them. */
#ifndef TWOFOLD_HOST_PROC_PROCESS_TREE_H
#define TWOFOLD_HOST_PROC_PROCESS_TREE_H

#include "host/proc/adopted.h"
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
    uint64_t ended_cpu_ns; /* of processes that have ended, whose parents are not in the tree */
    uint64_t ended_run_delay_ns, ended_switches, ended_major_faults, ended_block_wait_ns; /* of all that have ended */
    bool marked; /* there was a sample before the next one */
    struct proc_file loadavg;
    char mark[ADOPTED_MARK_SIZE]; /* of the orphans that are read as well; "": none */
    char *group;                  /* cgroup.procs of the control group whose members are read as well; NULL: none */
    uint64_t last_pid;            /* the newest on this machine when descendants were last looked for; 0: unknown */
    uint64_t looked_at_ns;        /* when they were last looked for */
};

/* The tree below `root`. It has no processes when `root` has ended already. */
void process_tree_init(struct process_tree *tree, pid_t root, const struct proc_abilities *abilities);
void process_tree_release(struct process_tree *tree, struct proc_reader *reader);

/* Adds another root, which is read with its descendants from the next reading on. Returns -1 when it is gone. */
int process_tree_follow(struct process_tree *tree, pid_t root);

/* Adds all orphans of that mark from now on (host/proc/adopted.h): they are no descendants any more. */
void process_tree_adopt(struct process_tree *tree, const char *mark);

/* Adds all processes in the control group of that folder from now on, whoever their parents are. */
void process_tree_gather(struct process_tree *tree, const char *folder);

/* Reads every process and fills the part "the service" of `*ret_sample`, except for the accept queue. */
void process_tree_read(struct process_tree *tree, struct proc_reader *reader, struct sample *ret_sample);

/* The expensive reading of memory. It does not count as a sample. */
void process_tree_memory(struct process_tree *tree, struct proc_reader *reader, struct memory_reading *ret_memory);

/* Resets the peak memory of each process. Returns -1 when that failed for one of them. */
int process_tree_reset_peak(struct process_tree *tree, struct proc_reader *reader);

#endif
