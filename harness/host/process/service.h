/* service: a backend's process while it is under load: started on its cores, its output drained all the time (the last
 * 16 KiB are kept), its end noticed at the moment it comes, stopped without leaving anything behind. A thread of its
 * own does the watching. Whether the service is ready, and what it is asked, is for others. */
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
    bool before;         /* it had ended by itself before it was asked to stop */
    bool forced;         /* it did not end by SIGTERM within the time given, and was killed */
    uint64_t stop_at_ns; /* clock_now_ns() when it was asked to stop */
};

/* Start it, in a process group of its own that dies with this process. HOST, PORT and CORES are for the caller to put
 * into the environment. Returns when the program runs (its exec succeeded); fails, leaving nothing behind, with the
 * command and the system's reason when it cannot. The caller frees `*ret_service`; `options` is not needed afterwards.
 */
int service_start(struct service **ret_service, const struct child_options *options, struct error *err);

pid_t service_pid(const struct service *service);

/* clock_now_ns() just before the fork: cold start counts from here. */
uint64_t service_started_ns(const struct service *service);

/* Whether it has ended, and how. Cheap; any thread may ask. */
bool service_ended(struct service *service, struct ending *ret_ending);

/* What it wrote last (standard output and error together, at most 16 KiB, fit to print), on the heap; "" when nothing.
 * Once service_ended has said so, the last words are in it. */
char *service_output(struct service *service);

/* SIGTERM to the process; SIGKILL when it has not ended within `patience_ns`; SIGKILL to what is left of its group and
 * its descendants, which are gone when this returns. A second call only tells again. `ret_end` may be NULL. */
void service_stop(struct service *service, uint64_t patience_ns, struct service_end *ret_end);

/* Free it; one that runs is killed. NULL is fine. */
void service_free(struct service *service);

#endif
