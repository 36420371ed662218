#include "resource_climb.h"

#include "analysis/findings.h"
#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

void resource_climb_log(struct run_log *log, const char *cores)
{
    log_builder_init(log);
    free(log->run.service_cores);
    log->run.service_cores = mem_string(cores);
    log_builder_backend(log, "go");
}

struct step_builder resource_climb_step(unsigned index, uint64_t level, double cpu_us)
{
    struct step_builder builder;

    step_builder_init(&builder, level);
    builder.index = index;
    builder.host.cores = fmin(0.99, cpu_us * 1e-6 * (double)level);
    builder.host.cores_busy = builder.host.busiest_thread = builder.host.cores;
    return builder;
}

void resource_climb(struct run_log *log, unsigned trial, unsigned steps, double cpu_us)
{
    for (unsigned i = 0; i < steps; i++) {
        struct step_builder builder = resource_climb_step(i, UINT64_C(500) << i, cpu_us);
        builder.trial = trial;
        if (builder.host.cores >= 0.99) {
            step_builder_slow(&builder, 4, BUILT_INTERVALS, builder.intervals[0].offered / 10, 75);
        }
        log_builder_step(log, &builder);
    }
}

void resource_climb_memory(struct run_log *log, unsigned steps)
{
    for (unsigned i = 0; i < steps; i++) {
        uint64_t level = UINT64_C(40) << i;
        struct step_builder builder = resource_climb_step(i, level, 100);
        builder.host.rss_mib = 60 + (double)level;
        builder.host.file_descriptors = 20 + level;
        log_builder_step(log, &builder);
    }
    for (size_t i = 0; i < log->step_count; i++) {
        for (size_t k = 0; k < log->steps[i].sample_count; k++) {
            log->steps[i].samples[k].file_descriptors_most = log->steps[i].samples[k].file_descriptors;
            log->steps[i].samples[k].file_descriptor_limit = 1020;
        }
    }
}

const struct resource_finding *resource_climb_found(const struct findings *findings, enum resource resource)
{
    const struct backend_finding *backend = &findings->backends[0];

    for (size_t i = 0; i < backend->resource_count; i++) {
        if (backend->resources[i].resource == resource) {
            return &backend->resources[i];
        }
    }
    return NULL;
}

void resource_climb_release(struct findings *findings, struct run_log *log)
{
    findings_release(findings);
    run_log_release(log);
}
