/* tracked_threads: the threads of one process, read again and again, and the sums over them. When a thread ends, what
 * it had used when it was last seen stays in the sums. */
#ifndef TWOFOLD_HOST_PROC_TRACKED_THREADS_H
#define TWOFOLD_HOST_PROC_TRACKED_THREADS_H

#include "host/proc/proc_abilities.h"
#include "host/proc/proc_reader.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct thread_usage {
    uint64_t cpu_ns, run_delay_ns, switches;
};

struct tracked_thread {
    pid_t tid;
    bool seen; /* in the present reading */
    struct proc_file usage_file;
    struct thread_usage usage;
    uint64_t marked_cpu_ns, marked_delay_ns;
};

/* `= {0}` has seen no thread. */
struct tracked_threads {
    struct tracked_thread *items;
    size_t count;
    struct thread_usage ended;
    struct thread_usage total;
    uint64_t busiest_cpu_ns; /* the most that a single thread has used since the mark */
    uint64_t active;         /* threads that have run or waited for a core since the mark */
};

/* Reads all threads of the process whose /proc/PID is open as `folder`. Returns -1 when the process is gone; nothing
 * changes then. */
int tracked_threads_read(struct tracked_threads *threads, struct proc_reader *reader, int folder,
                         const struct proc_abilities *abilities);

/* Lets busiest_cpu_ns and active count from now. */
void tracked_threads_mark(struct tracked_threads *threads);

/* The child processes of one thread as the kernel writes them ("12 34 "), in the buffer of the reader; NULL: unknown.
 */
const char *tracked_threads_children(const struct tracked_threads *threads, size_t index, struct proc_reader *reader,
                                     int folder);

void tracked_threads_release(struct tracked_threads *threads, struct proc_reader *reader);

#endif
