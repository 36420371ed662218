/* instance: one running copy of a service: a process on its cores, its port and its watch; or one that runs already
 * and is only looked at (attached_instance.h). */
#ifndef TWOFOLD_BENCH_SERVICE_INSTANCE_H
#define TWOFOLD_BENCH_SERVICE_INSTANCE_H

#include "base/clock.h"
#include "base/core_set.h"
#include "base/error.h"
#include "host/cgroup/box_group.h"
#include "host/process/outsider.h"
#include "host/process/service.h"
#include "host/watch/watch.h"
#include "plan/manifest/manifest.h"
#include "record/run_log.h"

#include <stdatomic.h>
#include <stdint.h>

/* The address that a service listens on, where nobody on another machine is to reach it. */
#define INSTANCE_HOST "127.0.0.1"

/* So long a service has to stop. */
#define INSTANCE_PATIENCE_NS (5 * CLOCK_SECOND_NS)

struct instance {
    const struct attachment *attached; /* borrowed; NULL: a process of ours, which is the next */
    struct box_group *group;           /* that it runs in; NULL: none of its own */
    struct service *service;
    struct watch *watch;
    char host[64]; /* the address, in numbers */
    uint16_t port;
    struct outsider server;   /* who listens on the port, if that is not the process that was started */
    uint64_t server_ended_ns; /* when its end was noticed; 0: it lives, or there is none */
    char *followed;           /* backend_record.followed */
    char *not_watched;        /* backend_record.not_watched */
    const atomic_bool *stop;  /* instance_options.stop */
    uint64_t cold_start_ns;   /* from just before the fork to the first 2xx of its ready path */
};

struct instance_options {
    const struct manifest *manifest; /* built; it is started in its box */
    const struct core_set *cores;    /* that it may run on */
    const char *host;                /* the address to listen on; NULL: INSTANCE_HOST */
    uint64_t memory_bytes;           /* that it is told it may use, as MEMORY; 0: it is told nothing */
    char *const *variables;          /* "NAME=value", added to HOST, PORT, CORES and MEMORY; NULL-terminated; NULL: none
                                      */
    bool kept;                       /* by `twofold keep` (host/process/keeper.h), which starts it again when it ends */
    const atomic_bool *stop;         /* may be NULL */
};

/* What a service on this port is given: HOST, PORT, CORES and MEMORY, and the variables of the options,
 * NULL-terminated. Its own verifier is given the same. Free it with file_list_free. */
char **instance_variables(uint16_t port, const struct instance_options *options);

/* Starts it and waits until it is ready (30 s at most; 5 s once the process that was started has exited with 0, as one
 * that leaves the work to a daemon does). Finds who listens on its port: a process that does not descend from the one
 * that was started is read too and ended with it, if it began after it. Where the service ends because another process
 * has taken its port, it is started once more, on another port. On failure nothing is left running, and the error
 * quotes the last output of the service. */
int instance_start(struct instance *instance, const struct instance_options *options, struct error *err);

/* Stops it (SIGTERM, and SIGKILL after 5 s, or 1 s once the user has asked to stop) together with all its descendants,
 * whom it followed, and whatever else is in its control group. */
void instance_stop(struct instance *instance);

/* "http://HOST:PORT" on the heap. */
char *instance_url(const struct instance *instance);

/* Notices the end of the process that serves. Cheap; for each sample. */
void instance_look(struct instance *instance);

/* How it ended, as a phrase on the heap: "exited with status 3"; NULL: it has not. */
char *instance_end(struct instance *instance);

/* The last that it wrote, at most 2 KiB, on the heap; "" when nothing. */
char *instance_output(const struct instance *instance);

/* Fills `ret_death` when the process has ended, or the one that serves for it: then that the first has exited with 0 is
 * no death, and leaves it untouched otherwise. The
 * caller frees the output in it.
 */
void instance_death(struct instance *instance, struct death *ret_death);

#endif
