/* symptoms: all that the cause of a broken step is derived from, gathered from its record. */
#ifndef TWOFOLD_ANALYSIS_CAUSE_SYMPTOMS_H
#define TWOFOLD_ANALYSIS_CAUSE_SYMPTOMS_H

#include "analysis/cause/context.h"
#include "analysis/cause/cpu_queueing.h"
#include "analysis/cause/pause.h"
#include "analysis/usage/step_usage.h"
#include "analysis/verdict/verdict.h"
#include "record/run_log.h"

#include <stdbool.h>

struct symptoms {
    const struct step_record *step;
    const struct step_verdict *verdict;
    const struct step_usage *usage; /* over the measured part */
    const struct cause_context *context;
    struct host_usage breaking; /* from shortly before the first breach until a second after it */

    /* In the spike at the first breach, which means over the whole step hide. Not known where traffic was even. */
    struct host_usage spike;
    struct cpu_queueing queueing; /* all 0 where nothing is known */
    struct pause pause;
};

/* The step, its verdict, its usage and its context must be there, and are borrowed; the rest is filled. */
void symptoms_gather(struct symptoms *symptoms);

/* Whether time was lacking rather than right responses: only then can something have been waited for. */
bool symptoms_late(const struct symptoms *symptoms);

/* Whether a pause that returns is where most of what was late was due. */
bool symptoms_paused(const struct symptoms *symptoms);

/* From which response time on a request was late: the limit that broke. UINT64_MAX: no limit on latency did. */
uint64_t symptoms_allowed_ns(const struct symptoms *symptoms);

/* Whether the first limit to break was one on memory. */
bool symptoms_memory_broke_first(const struct symptoms *symptoms);

/* Whether pages of the service were swapped out, and pages were swapped in or out during the measured part. */
bool symptoms_swapped(const struct symptoms *symptoms);

/* Whether a process of the service had as many file descriptors open as it may. One that then closes a connection at
 * once may hold one fewer when it is looked at. */
bool symptoms_file_descriptors_exhausted(const struct symptoms *symptoms);

#endif
