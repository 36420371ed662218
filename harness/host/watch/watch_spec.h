/* watch_spec: the texts that say how an attached service is to be watched: "auto", "pid:4711", "metrics:http://…".
 * Pure: whether what they name exists is found out by watch. */
#ifndef TWOFOLD_HOST_WATCH_WATCH_SPEC_H
#define TWOFOLD_HOST_WATCH_WATCH_SPEC_H

#include "base/error.h"

#include <sys/types.h>

enum watch_kind {
    WATCH_AUTO,      /* the process that listens on the service's port, with its tree and its control group */
    WATCH_PID,       /* a process, likewise */
    WATCH_CGROUP,    /* the processes of a control group */
    WATCH_CONTAINER, /* the process of a container, by the client of podman or docker */
    WATCH_METRICS,   /* its page of metrics, in the text format of Prometheus */
    WATCH_SSH,       /* `twofold sample` on another machine */
    WATCH_NONE,      /* nothing */
};

struct watch_spec {
    enum watch_kind kind;
    char *argument; /* what follows the colon, on the heap; NULL for auto and none */
    pid_t pid;      /* of WATCH_PID */
};

/* Reads one. ERROR_INPUT where it is none, with those that there are, or where what follows the colon cannot be right.
 * The caller releases it. */
int watch_spec_read(struct watch_spec *ret_spec, const char *text, struct error *err);
void watch_spec_release(struct watch_spec *spec);

#endif
