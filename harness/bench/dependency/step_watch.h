/* step_watch: readings of the dependencies while a step runs, taken together with the readings of the service. */
#ifndef TWOFOLD_BENCH_DEPENDENCY_STEP_WATCH_H
#define TWOFOLD_BENCH_DEPENDENCY_STEP_WATCH_H

#include "bench/dependency/dependencies.h"
#include "record/run_log.h"

/* Before the step: makes room for one struct dependency_load per dependency in the step's record, and tells what of it
 * was mended since the step before. */
void step_watch_begin(struct dependencies *dependencies, struct step_record *step);

/* One reading of each dependency, and a look at its health. Call it after the service's own reading was added to the
 * record. */
void step_watch_sample(struct dependencies *dependencies, struct step_record *step);

/* After the step: counts the connections to each dependency, and records what was wrong with it. A count that cannot be
 * read stays 0. */
void step_watch_end(struct dependencies *dependencies, struct step_record *step);

#endif
