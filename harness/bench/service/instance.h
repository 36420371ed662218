/* instance: one running copy of a backend: its process on its cores, its port, its sampler; ready once started. */
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
    uint64_t cold_start_ns; /* from fork to the first 200 of /healthz */
};

struct instance_options {
    const struct manifest *manifest; /* built */
    const struct core_set *cores;
    char *const *variables; /* "NAME=value" besides HOST, PORT and CORES, NULL-terminated; NULL: none */
    const atomic_bool *stop;
};

/* Start it and wait until it is ready. On failure nothing is left running, and the error quotes the service's last
 * output. */
int instance_start(struct instance *instance, const struct instance_options *options, struct error *err);

/* Stop it and all that came from it. */
void instance_stop(struct instance *instance);

/* "http://127.0.0.1:PORT" on the heap. */
char *instance_url(const struct instance *instance);

/* Fill `ret_death` when the process has ended. The output in it is the caller's. */
void instance_death(struct instance *instance, struct death *ret_death);

#endif
