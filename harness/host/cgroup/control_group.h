/* control_group: how much CPU time and memory the control groups (cgroups, version 1 or 2) around this process allow
 * it, which is what a container's --cpus and --memory set; and the files that tell what it has used. */
#ifndef TWOFOLD_HOST_CGROUP_CONTROL_GROUP_H
#define TWOFOLD_HOST_CGROUP_CONTROL_GROUP_H

#include <stdint.h>

/* The smallest quota of this process's group and the groups above it, in cores; 0 when there is none or it is not
 * known. `root` is put before /proc and /sys. */
double control_group_quota(const char *root);

/* The smallest memory limit of those groups in bytes; 0 when there is none or it is not known. */
uint64_t control_group_memory_limit(const char *root);

/* The file with "throttled_usec" (version 2) or "throttled_time" (version 1), and the one with the memory in use as a
 * number of bytes, of the innermost group that shows them; NULL when none does. The caller frees it. */
char *control_group_cpu_path(const char *root);
char *control_group_memory_path(const char *root);

#endif
