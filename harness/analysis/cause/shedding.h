/* shedding: whether a broken step's service refused requests rather than serving them late: most that failed got one
 * and the same error status, as fast as others got their responses, and what it accepted kept the latency limit. */
#ifndef TWOFOLD_ANALYSIS_CAUSE_SHEDDING_H
#define TWOFOLD_ANALYSIS_CAUSE_SHEDDING_H

#include "analysis/cause/symptoms.h"

#include <stdbool.h>

/* A service that answers the same share of its requests so at half the load does not shed load: it is wrong. */
bool shedding_found(const struct symptoms *symptoms);

#endif
