/* adopted: processes that lost their parent. A daemon leaves its session and its process group and ends its parent, so
 * that nothing but init knows it. This process takes init's place for all that descends from it (a subreaper): it
 * becomes their parent. Whose they were tells a mark in their environment, which a child hands down to its own. */
#ifndef TWOFOLD_HOST_PROC_ADOPTED_H
#define TWOFOLD_HOST_PROC_ADOPTED_H

#include "host/proc/proc_scan.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define ADOPTED_VARIABLE  "TWOFOLD_SERVICE"
#define ADOPTED_MARK_SIZE 64

/* From now on orphans come to this process. May be called again. */
void adopted_begin(void);

/* Writes "TWOFOLD_SERVICE=…", which no other call gives, for the environment of a child. */
void adopted_mark(char mark[ADOPTED_MARK_SIZE]);

/* Whether the process has the mark in the environment that it began with. */
bool adopted_has_mark(pid_t pid, const char *mark);

/* Whether it is a child of this process without having been started by it, as far as its group and session tell: what
 * this process starts is in its session and leads a group. */
bool adopted_is_orphan(const struct proc_entry *entry);

/* Whether it belongs to the child of that mark, but not as its descendant: it has the mark, or it is an orphan without
 * any mark, as after a program that wrote over its environment. */
bool adopted_belongs(const struct proc_entry *entry, const char *mark);

/* Lets go of orphans among these children of this process that have ended: a list as in /proc/PID/task/TID/children. */
void adopted_reap(const char *pids);

#endif
