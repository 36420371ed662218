/* service_group: what the control groups that a service is in, and the harness is not, allow it and have done to it:
 * those that a container, a systemd unit or a wrapper gave it. A group that the harness is in as well is no part of it.
 *
 * The groups are looked for again at each reading, because a wrapper may move a process after it has started. Counters
 * grow from the first reading of a group on, and never fall when the service is moved to another one. */
#ifndef TWOFOLD_HOST_CGROUP_SERVICE_GROUP_H
#define TWOFOLD_HOST_CGROUP_SERVICE_GROUP_H

#include "host/cgroup/group_text.h"
#include "host/proc/proc_reader.h"
#include "record/sample.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* A counter of a file that may be replaced by another file with the same counter. */
struct group_counter {
    bool begun;
    uint64_t last, grown;
};

/* The groups of one controller. */
struct group_levels {
    struct group_mount mount; /* without a folder: there is none */
    char *harness;            /* the group of the harness */
    char *path;               /* the file that is read at each reading; NULL: none */
    struct proc_file file;
};

struct service_group {
    const char *root;
    pid_t pid;
    char *membership; /* /proc/PID/cgroup as it was last read */
    uint64_t looked_at_ns;
    struct group_levels cpu, memory, kills;
    double quota_cores;
    uint64_t memory_limit_bytes;
    struct group_counter periods, throttled_periods, throttled_ns, oom_kills;
};

/* The groups of `pid`. `root` is put before all paths and must outlive the group; "" but in tests. */
void service_group_init(struct service_group *group, const char *root, pid_t pid);
void service_group_release(struct service_group *group, struct proc_reader *reader);

/* Lets it be the groups of another process from the next reading on. */
void service_group_follow(struct service_group *group, pid_t pid);

/* Fills the members of `*ret_sample` whose names begin with service_group_. When the process has ended, its last
 * groups are read on. */
void service_group_read(struct service_group *group, struct proc_reader *reader, struct sample *ret_sample);

#endif
