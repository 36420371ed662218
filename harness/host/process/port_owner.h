/* port_owner: which process listens on a TCP port of this machine, and whether it belongs to a service that the harness
 * started. It does not where a daemon does the work (docker run, systemctl start) or where the service forks, leaves
 * its session and goes on without the process that was started. */
#ifndef TWOFOLD_HOST_PROCESS_PORT_OWNER_H
#define TWOFOLD_HOST_PROCESS_PORT_OWNER_H

#include <stdint.h>
#include <sys/types.h>

enum port_owner_place {
    PORT_OWNER_INSIDE,  /* the service's process or a descendant of it */
    PORT_OWNER_OUTSIDE, /* another process, which was found */
    PORT_OWNER_UNKNOWN, /* `why` says what is in the way */
};

struct port_owner {
    enum port_owner_place place;
    pid_t pid;           /* of several that hold the socket, the one whose parent does not; 0: unknown */
    uint64_t started_ns; /* when it began, on clock_now_ns()'s clock, to 10 ms; 0: before the clock, or unknown */
    char name[32];       /* as /proc/PID/comm has it; "" if unknown */
    char why[160];       /* why it is unknown; "" if it is not */
};

/* Finds the owner of `port` beside the service whose process is `service`. Looks through the open files of all
 * processes, which takes some milliseconds: meant for once, when the service is ready. Behind docker's proxy it is
 * the process in the container. */
void port_owner_find(uint16_t port, pid_t service, struct port_owner *ret_owner);

#endif
