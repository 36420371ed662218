/* instance: one running copy of a backend: a process on its cores, its port and its sampler. */
#ifndef TWOFOLD_BENCH_SERVICE_INSTANCE_H
#define TWOFOLD_BENCH_SERVICE_INSTANCE_H

#include "base/core_set.h"
#include "base/error.h"
#include "host/process/service.h"
#include "host/sampler.h"
#include "plan/manifest/manifest.h"
#include "record/run_log.h"

#include <stdatomic.h>
#include <stdint.h>

#define INSTANCE_HOST "127.0.0.1"

struct instance {
    struct service *service;
    struct sampler *sampler;
    uint16_t port;
    uint64_t cold_start_ns; /* from just before the fork to the first 200 of GET /healthz */
};

struct instance_options {
    const struct manifest *manifest; /* built */
    const struct core_set *cores;    /* that it may run on */
    char *const *variables;          /* "NAME=value", added to HOST, PORT and CORES; NULL-terminated; NULL: none */
    const atomic_bool *stop;         /* may be NULL */
};

/* Starts it and waits until it is ready (30 s at most). On failure nothing is left running, and the error quotes the
 * last output of the service. */
int instance_start(struct instance *instance, const struct instance_options *options, struct error *err);

/* Stops it (SIGTERM, and SIGKILL after 5 s) together with all its descendants. */
void instance_stop(struct instance *instance);

/* "http://127.0.0.1:PORT" on the heap. */
char *instance_url(const struct instance *instance);

/* Fills `ret_death` when the process has ended, and leaves it untouched otherwise. The caller frees the output in it.
 */
void instance_death(struct instance *instance, struct death *ret_death);

#endif
