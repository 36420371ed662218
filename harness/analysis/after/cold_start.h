/* cold_start: what a request costs a process that has only just started (a JIT compiler that has not compiled yet, an
 * empty cache), and what it costs the same process later. */
#ifndef TWOFOLD_ANALYSIS_AFTER_COLD_START_H
#define TWOFOLD_ANALYSIS_AFTER_COLD_START_H

#include "record/run_log.h"

#include <stdbool.h>

struct cold_start {
    bool known; /* both figures were read; otherwise the rest is zero */
    bool cold;  /* the first step took 1.5 times as much CPU a request, or more: the ladder was climbed cold */
    double cold_cpu_ns, warm_cpu_ns; /* CPU time of the service's processes per completed request */
    double ratio;                    /* of the two */
    const struct step_record *first; /* borrowed: where the cold figure was read, the first step of a fresh process, */
    const struct step_record *warm;  /* and the warm one: the recovery, which sends the same load after the ladder */
};

/* Either record may be NULL: then nothing is known. Nor is it where the processes were not read, or where no request
 * was completed. `cores`: that the service may use. */
void cold_start_find(const struct step_record *first, const struct step_record *recovery, unsigned cores,
                     struct cold_start *ret_cold_start);

#endif
