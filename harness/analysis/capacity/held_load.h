/* held_load: the load that a service holds under all of its limits: what the limit that breaks first allows. */
#ifndef TWOFOLD_ANALYSIS_CAPACITY_HELD_LOAD_H
#define TWOFOLD_ANALYSIS_CAPACITY_HELD_LOAD_H

#include "analysis/finding.h"

/* In levels of the ladder. */
struct held_load {
    double capacity;  /* the load at which the first limit is just kept; NAN: only the interval is known */
    double low, high; /* its 95 % interval. 0: nothing was seen to hold; INFINITY: nothing broke; NAN: no step says
                       * anything */
};

struct held_load held_load_of(const struct backend_finding *backend);

#endif
