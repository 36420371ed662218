/* service: a process that is under load or serves one that is: started on its cores, its output read all the time (the
 * last 16 KiB are kept), its end noticed at once, and stopped without leaving anything behind. A thread of its own
 * watches it. Whether the service is ready, and what is requested of it, is not its concern. */
#ifndef TWOFOLD_HOST_PROCESS_SERVICE_H
#define TWOFOLD_HOST_PROCESS_SERVICE_H

#include "base/error.h"
#include "host/process/child.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct service;

/* How a service came to its end. */
struct service_end {
    struct ending ending;
    bool before;         /* it had ended before it was asked to stop */
    bool forced;         /* it did not end within the time given, and was killed */
    uint64_t stop_at_ns; /* clock_now_ns() when it was asked to stop */
};

/* Starts it, in a process group of its own that dies with this process. The caller puts HOST, PORT and CORES into the
 * environment. Returns when the program runs, that is, when its exec has succeeded. Fails with the command and the
 * reason of the system, and leaves nothing behind then. The caller frees `*ret_service`; `options` is not needed
 * afterwards. */
int service_start(struct service **ret_service, const struct child_options *options, struct error *err);

pid_t service_pid(const struct service *service);

/* What its processes have in their environment (host/proc/adopted.h), borrowed. */
const char *service_mark(const struct service *service);

/* clock_now_ns() just before the fork, from which a cold start is counted. */
uint64_t service_started_ns(const struct service *service);

/* Whether it has ended; if so, fills `ret_ending`. Cheap, and any thread may call it. */
bool service_ended(struct service *service, struct ending *ret_ending);

/* The last of what it wrote (standard output and error together, at most 16 KiB, fit to print), on the heap; "" when
 * nothing. Complete once service_ended has returned true. */
char *service_output(struct service *service);

/* Sends SIGTERM to the process, and SIGKILL when it has not ended within `patience_ns`; then SIGKILL to what is left of
 * its group, to its descendants, and to orphans of its that left both, all of which are gone when this returns. A
 * second call only fills `ret_end` again. `ret_end` may be NULL. */
void service_stop(struct service *service, uint64_t patience_ns, struct service_end *ret_end);

/* Frees it; a running one is killed. NULL is allowed. */
void service_free(struct service *service);

#endif
