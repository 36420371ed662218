/* control_group: how much CPU time and memory the control groups (cgroups, version 1 or 2) around this process allow,
 * which is what the options --cpus and --memory of a container set; and the files that say how much has been used. */
#ifndef TWOFOLD_HOST_CGROUP_CONTROL_GROUP_H
#define TWOFOLD_HOST_CGROUP_CONTROL_GROUP_H

#include <stdint.h>

/* The smallest quota of the group of this process and of the groups above it, in cores; 0 when there is none or it is
 * unknown. `root` is put before /proc and /sys. */
double control_group_quota(const char *root);

/* The smallest memory limit of these groups in bytes; 0 when there is none or it is unknown. */
uint64_t control_group_memory_limit(const char *root);

/* The file with "throttled_usec" (version 2) or "throttled_time" (version 1), of the innermost group that has it, on
 * the heap; NULL when none has. */
char *control_group_cpu_path(const char *root);

/* The file that holds the memory in use as a number of bytes, of the innermost group that has it, on the heap; NULL
 * when none has. */
char *control_group_memory_path(const char *root);

#endif
