/* audit: what the dependencies hold after a trial against what its load was answered: the raw numbers. Whether they add up
 * is for the analysis to say. */
#ifndef TWOFOLD_BENCH_DEPENDENCY_AUDIT_H
#define TWOFOLD_BENCH_DEPENDENCY_AUDIT_H

#include "bench/dependency/dependencies.h"
#include "record/run_log.h"

/* Sums over the steps of one trial, and where the dependencies' counters stood before the first. */
struct audit {
    struct dependencies *dependencies;
    struct audit_record record;
    struct upstream_audit upstream_before;
    struct database_audit database_before;
    uint64_t stock_before;
};

/* Before the first step: whatever the dependencies have counted until now is not the load's. */
int audit_begin(struct audit *audit, struct dependencies *dependencies, const char *backend, unsigned trial,
                struct error *err);

/* Add a step, whatever it was good for. */
void audit_add(struct audit *audit, const struct load_record *load);

/* When the service is gone: read the counters. What cannot be read is not counted in the record, and said in `err`. */
int audit_finish(struct audit *audit, struct error *err);
void audit_release(struct audit *audit);

#endif
