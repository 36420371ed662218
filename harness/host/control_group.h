/* control_group: how much CPU time the control groups (cgroups, version 1 or 2) around this process allow it: what a
 * container's --cpus sets. */
#ifndef TWOFOLD_HOST_CONTROL_GROUP_H
#define TWOFOLD_HOST_CONTROL_GROUP_H

/* The smallest quota of this process's group and the groups above it, in cores; 0 when there is none or it is not
 * known. `root` is put before /proc and /sys. */
double control_group_quota(const char *root);

#endif
