/* step_usage: all that a step's readings say of the resources used in its measured part. It is computed once for each
 * step and then handed to everything that judges the step: verdict, cause, forecast, reports. */
#ifndef TWOFOLD_ANALYSIS_USAGE_STEP_USAGE_H
#define TWOFOLD_ANALYSIS_USAGE_STEP_USAGE_H

#include "analysis/usage/dependency_cpu.h"
#include "analysis/usage/dependency_usage.h"
#include "analysis/usage/host_usage.h"

struct step_usage {
    unsigned cores; /* that the service may use */
    struct host_usage host;
    struct dependency_cpu dependency_cpu;
    struct dependency_usage dependency;
};

/* Names in *ret_usage are borrowed from the record. */
void step_usage_find(const struct step_record *step, unsigned service_core_count, struct step_usage *ret_usage);

#endif
