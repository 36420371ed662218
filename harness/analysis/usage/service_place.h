/* service_place: on how many cores a service of a run may work, and whether the generator works on them too. What a
 * launched service gets is the same for the whole run, unless its box says how many cores; an attached one runs where
 * somebody else has put it. */
#ifndef TWOFOLD_ANALYSIS_USAGE_SERVICE_PLACE_H
#define TWOFOLD_ANALYSIS_USAGE_SERVICE_PLACE_H

#include "record/run_log.h"

#include <stdbool.h>

struct service_place {
    unsigned cores; /* 0: not known */
    bool shared;    /* with the generator */
    bool here;      /* on the generator's machine, as far as is known */
};

/* Of the service of that name; of a launched one where the log has no record of it, and for NULL. */
struct service_place service_place_find(const struct run_log *log, const char *backend);

#endif
