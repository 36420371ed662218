/* group_text: the formats of the files that say which control groups (cgroups, version 1 or 2) a process is in, where
 * they are mounted and what they allow. Pure: text in, figures out. */
#ifndef TWOFOLD_HOST_CGROUP_GROUP_TEXT_H
#define TWOFOLD_HOST_CGROUP_GROUP_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A hierarchy of control groups: that of version 1 with one controller, or the only one of version 2. */
struct group_mount {
    char *folder; /* where it is mounted */
    char *top;    /* the group that is seen there; "" for the whole hierarchy */
    bool unified; /* version 2 */
};

/* Finds in /proc/self/mountinfo the hierarchy that has `controller` ("cpu"): version 1 where that is mounted, otherwise
 * version 2. Returns whether there is one. The caller releases it. */
bool group_text_mount(const char *mountinfo, const char *controller, struct group_mount *ret_mount);
void group_mount_release(struct group_mount *mount);

/* The group of a process in a hierarchy, from the text of /proc/PID/cgroup: "/a/b", and "" for the outermost. On the
 * heap; NULL when it is in none, or in one that lies outside of what this process can see. */
char *group_text_group(const char *text, const char *controller, bool unified);

/* How many bytes at the start of the group `service` name groups that the process in `harness` is in as well: 2 for
 * "/a/b" and "/a/c", 0 for "/ab" and "/a". */
size_t group_text_shared(const char *service, const char *harness);

/* cpu.max of version 2, "30000 100000" (quota and period in microseconds) or "max 100000", in cores; 0: no quota. */
double group_text_quota(const char *text);

/* A memory limit in bytes, of memory.max or memory.limit_in_bytes; 0: none, which version 2 writes as "max" and version
 * 1 as a number near 2^63. */
uint64_t group_text_memory_limit(const char *text);

#endif
