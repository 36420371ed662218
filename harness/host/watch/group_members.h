/* group_members: the processes of a control group and of the groups within it, by their numbers. A group is named as
 * /proc/PID/cgroup names it ("/system.slice/web.service"), or by its folder ("/sys/fs/cgroup/…"); with version 1 it is
 * looked for in the hierarchy of each controller that is watched: cpu, then memory. */
#ifndef TWOFOLD_HOST_WATCH_GROUP_MEMBERS_H
#define TWOFOLD_HOST_WATCH_GROUP_MEMBERS_H

#include "base/error.h"

#include <stddef.h>
#include <sys/types.h>

/* The folder of the group `path`, on the heap; the caller frees it. ERROR_INPUT where there is no such group. `root` is
 * put before /proc and /sys: "" outside tests. */
int group_members_folder(const char *root, const char *path, char **ret_folder, struct error *err);

/* The processes in the group of that folder at this moment, on the heap; the caller frees them. Those that this process
 * cannot see, as of another pid namespace, are left out. */
pid_t *group_members_find(const char *folder, size_t *ret_count);

#endif
