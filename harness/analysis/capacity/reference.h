/* reference: what the reference service did on the machine of a run, and a load as a share of that: what is left of a
 * figure when the machine's own speed is taken out. It is measured before each block of trials, since a machine is not
 * equally fast all the time; older files, and runs of one trial, have one measurement for the whole run. */
#ifndef TWOFOLD_ANALYSIS_CAPACITY_REFERENCE_H
#define TWOFOLD_ANALYSIS_CAPACITY_REFERENCE_H

#include "record/run_log.h"

#include <stddef.h>

/* A calibration of less than this share of the best one of its run is warned of. */
#define REFERENCE_LOW 0.5

/* Requests/s before the trials of that number. Where that measurement is missing or was disturbed, what stands for the
 * run. NAN: the run has none. */
double reference_rps(const struct run_log *log, unsigned trial);

/* What stands for the run: the median of its undisturbed measurements before blocks, the lower of two in the middle;
 * where there are none, the one before the run. */
double reference_run_rps(const struct run_log *log);

/* How much the reference service's own figure differs from block to block: what is no difference between services. */
struct reference_spread {
    size_t blocks; /* undisturbed measurements before blocks of trials; below 2 there is no spread */
    double least_rps, most_rps, share; /* the lowest and the highest; how far they lie apart, of what stands for the
                                          run. All NAN where there is no spread */
};

void reference_spread_find(const struct run_log *log, struct reference_spread *ret_spread);

/* The highest of all measurements of the run, disturbed or not; NAN: it has none. */
double reference_best_rps(const struct run_log *log);

#endif
