/* step_usage: all that a step's readings say of the resources used in its measured part. It is computed once for each
 * step and then handed to everything that judges the step: verdict, cause, forecast, reports. */
#ifndef TWOFOLD_ANALYSIS_USAGE_STEP_USAGE_H
#define TWOFOLD_ANALYSIS_USAGE_STEP_USAGE_H

#include "analysis/usage/dependency_cpu.h"
#include "analysis/usage/dependency_usage.h"
#include "analysis/usage/host_usage.h"
#include "analysis/usage/runtime_usage.h"

#include <stdbool.h>

struct step_usage {
    unsigned cores; /* that the service may use; 0: not known */
    struct host_usage host;
    struct dependency_cpu dependency_cpu;
    struct dependency_usage dependency;
    struct runtime_usage runtime;
};

/* Of the measured part; but kills for want of memory are those of the warm-up as well. Names in *ret_usage are borrowed
 * from the record. */
void step_usage_find(const struct step_record *step, unsigned service_core_count, struct step_usage *ret_usage);

/* A pool of sessions is exhausted when this share of them is active. */
#define STEP_USAGE_POOL_EXHAUSTED 0.9

/* Whether a dependency was saturated. On cores of its own: these, or one of its threads. On the service's cores: these,
 * and most of it was the dependency's work, so that the service would have had room without it. */
bool step_usage_dependency_saturated(const struct step_usage *usage);

#endif
