/* sample_sum: adds up the readings of a service that runs in several places at a time, and fills in what a page of
 * metrics tells. */
#ifndef TWOFOLD_HOST_WATCH_SAMPLE_SUM_H
#define TWOFOLD_HOST_WATCH_SAMPLE_SUM_H

#include "host/watch/process_metrics.h"
#include "record/sample.h"

/* Adds the processes of `more` to those of `*sum`; of the rest, what one of them lacks is the other's. What one place
 * lacks of the processes is absent from the sum: half a service's CPU time is no reading of it. The moment is that of
 * `*sum`. */
void sample_sum_add(struct sample *sum, const struct sample *more);

/* Fills in what the page tells of the parts that are absent. */
void sample_sum_fill(struct sample *sample, const struct process_metrics *metrics);

/* Adds up what several pages tell; what one of them does not tell is not told. */
void sample_sum_add_metrics(struct process_metrics *sum, const struct process_metrics *more);

#endif
