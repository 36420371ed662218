/* run_readings: the readings of the host in the example run. */
#ifndef TWOFOLD_TESTS_SUPPORT_RUN_READINGS_H
#define TWOFOLD_TESTS_SUPPORT_RUN_READINGS_H

#include "record/run_log.h"

#include <stddef.h>

/* So many samples; every number is another one. The third has no CPU time. */
void run_readings_make_samples(struct step_record *step, size_t count);

/* Two readings of a page of metrics, of which the first does not tell one figure. */
void run_readings_make_runtime(struct step_record *step);

#endif
