/* container: the process of a container, which the client of its engine tells: podman's or docker's, whichever is on
 * PATH and knows it. */
#ifndef TWOFOLD_HOST_WATCH_CONTAINER_H
#define TWOFOLD_HOST_WATCH_CONTAINER_H

#include "base/error.h"

#include <sys/types.h>

/* The first process of the running container `name`, as this machine numbers it. Runs `podman inspect` and `docker
 * inspect`, 10 s at most. Fails where neither client is there, where none knows it, and where it does not run. */
int container_find(const char *name, pid_t *ret_pid, struct error *err);

/* Reads what `inspect --format '{{json .State}}'` printed: {"Running": true, "Pid": 4711, …}. Lines before it are
 * warnings. Pure. */
int container_read_state(const char *output, pid_t *ret_pid, struct error *err);

#endif
