/* dependency_cpu: how much CPU a dependency (record/dependency.h) used, from samples of its process tree. */
#ifndef TWOFOLD_ANALYSIS_USAGE_DEPENDENCY_CPU_H
#define TWOFOLD_ANALYSIS_USAGE_DEPENDENCY_CPU_H

#include "record/run_log.h"

#include <stdbool.h>
#include <stdint.h>

struct dependency_cpu {
    const char *name;            /* borrowed from the record; NULL: no dependency was sampled */
    double cores;                /* CPU that it used, in cores */
    double cores_share;          /* the same as a share of the cores that it may use */
    double busiest_thread_share; /* of one core */
    bool shared;                 /* it runs on the service's cores */
};

/* Over the measured part: the dependency that used the largest share of its cores. Returns false, and leaves
 * *ret_dependency untouched, where none was sampled. */
bool dependency_cpu_find(const struct step_record *step, struct dependency_cpu *ret_dependency);

/* The CPU, in cores, that all dependencies on the service's cores used together between two moments. These count from
 * the start of the measured part. */
double dependency_cpu_on_service_cores(const struct step_record *step, uint64_t from_ns, uint64_t to_ns);

#endif
