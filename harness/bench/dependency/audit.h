/* audit: what the dependencies counted during a trial, beside what its responses say. Raw numbers only: the analysis
 * says whether they agree. */
#ifndef TWOFOLD_BENCH_DEPENDENCY_AUDIT_H
#define TWOFOLD_BENCH_DEPENDENCY_AUDIT_H

#include "bench/dependency/dependencies.h"
#include "contract/orders/order_audit.h"
#include "record/run_log.h"

/* The sums over the steps of one trial, and the dependencies' own counts before its first step. */
struct audit {
    const struct dependencies *dependencies;
    struct audit_record record;
    struct upstream_audit upstream_before;
    uint64_t totals_before[ORDER_AUDIT_TOTALS];
};

/* Before the first step: reads what the dependencies have counted so far, which is not the load's doing. */
int audit_begin(struct audit *audit, const struct dependencies *dependencies, const char *backend, unsigned trial,
                struct error *err);

/* Adds the load of a step, whatever its verdict. */
void audit_add(struct audit *audit, const struct load_record *load);

/* After the service has stopped: reads the counts and fills `audit->record`. Returns -1 when a dependency cannot be
 * read; its part of the record then says that it was not counted. */
int audit_finish(struct audit *audit, struct error *err);
void audit_release(struct audit *audit);

#endif
