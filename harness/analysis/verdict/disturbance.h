/* disturbance: what others took from a step that may have kept every limit all the same. Its response times are then
 * longer than the service's own. A step that broke a limit under such a disturbance may be invalid (validity.h); one
 * that held is valid, and everything that shows its figures says what disturbed it. The rule is here and nowhere else.
 */
#ifndef TWOFOLD_ANALYSIS_VERDICT_DISTURBANCE_H
#define TWOFOLD_ANALYSIS_VERDICT_DISTURBANCE_H

#include "analysis/usage/host_usage.h"
#include "record/load_record.h"

#include <stdbool.h>

enum disturbance_kind {
    DISTURBANCE_FOREIGN, /* other programs worked on the service's cores for over 15 % of their time */
    DISTURBANCE_STEAL,   /* the hypervisor took over 5 % of the service's cores' time */
    DISTURBANCE_STARVED, /* a generator thread had no core for over a tenth of the time */
    DISTURBANCE_BUSY,    /* a generator thread was over 90 % busy */
    DISTURBANCE_COUNT,
};

/* "foreign", "steal", "starved", "generator_busy". */
const char *disturbance_name(enum disturbance_kind kind);

struct disturbance {
    bool any;
    bool by[DISTURBANCE_COUNT];
    double shares[DISTURBANCE_COUNT]; /* how much: of the service's cores, or of the measured time of a thread */
};

struct disturbance_terms {
    const struct host_usage *host; /* over the measured part */
    unsigned service_core_count;
    bool cores_shared; /* the generator ran on the service's cores, where its work is not foreign */
};

void disturbance_find(const struct load_record *load, const struct disturbance_terms *terms,
                      struct disturbance *ret_disturbance);

/* How many of the service's cores others than service, dependencies and generator used: other programs, and the kernel
 * where it receives packets. */
double disturbance_foreign_cores(const struct load_record *load, const struct host_usage *host, bool cores_shared);

#endif
