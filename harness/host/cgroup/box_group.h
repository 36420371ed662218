/* box_group: the control group (cgroup, version 1 or 2) of one launched service: made before it starts, with the limits
 * of its box if it has one, and removed after it with every process that is still in it. Whatever a service starts
 * stays in its group, also what leaves its session and its parent and writes over its environment.
 *
 * A group is a folder that is called "twofold-service-NUMBER-NUMBER" and locked as long as its maker lives; no folder
 * of another name, or that is locked, is ever touched. In version 1 it lies in the group of this process, once for each
 * controller that is needed. In version 2 it lies in the nearest group around this process that hands on the
 * controllers which the box needs. Where no limits are needed, one that hands on none is best: it changes nothing in
 * how the processes in it are treated.
 *
 * Where groups can only be made by systemd, as for users without root, the group is a scope of systemd: then it has no
 * folder here, and systemd removes it when its last process has ended. */
#ifndef TWOFOLD_HOST_CGROUP_BOX_GROUP_H
#define TWOFOLD_HOST_CGROUP_BOX_GROUP_H

#include "base/error.h"
#include "plan/box.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct box_group;

struct box_group_options {
    const char *root;      /* put before /proc and /sys; "" but in tests */
    const struct box *box; /* may limit nothing */
    const char *systemd;   /* the path of systemd-run, for where a group cannot be made directly; NULL: there is none */
};

/* Makes one. Without limits *ret_group is NULL where none can be made, which is no failure. Fails when one with limits
 * cannot be made, and says in a sentence why. */
int box_group_make(struct box_group **ret_group, const struct box_group_options *options, struct error *err);

/* Kills what is in it, waits until that is gone (2 s at most), and removes it. NULL is allowed. */
void box_group_free(struct box_group *group);

/* File descriptors that let the process enter that writes "0" to each of them; they belong to the group. */
const int *box_group_entries(const struct box_group *group, size_t *ret_count);

/* The command that runs `argv` in it: NULL-terminated; the array is the caller's, its strings are borrowed. */
char **box_group_command(const struct box_group *group, char *const *argv);

/* Its folders, NULL-terminated and borrowed: each lists its processes in cgroup.procs. None for a scope of systemd. */
char *const *box_group_folders(const struct box_group *group);

/* Kills all that is in it. */
void box_group_kill(const struct box_group *group);

/* How many of its processes the kernel killed because its memory ran out; 0 also where that is not known. */
uint64_t box_group_oom_kills(const struct box_group *group);

/* Ends and removes the groups of this name around this process whose makers have died. */
void box_group_clean(const char *root);

#endif
