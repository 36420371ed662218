/* thinned_load: the histograms of a step with no more buckets than its report tells apart, which is a quarter of the
 * bytes of a run log.
 *
 * Kept exactly: of all histograms total, min, max and sum, and every percentile that a limit can be set on; of response
 * times how many are above each round limit (record/thinning/limit_cells.h), above the limits of the run, and above
 * half of these, which is what a verdict counts; of each interval also how many are above each percentile of the step,
 * which is what confidence intervals are made of. Response times of a step are kept to a sixteenth, above their 90th
 * percentile to a sixty-fourth; service time to a sixteenth, send lag to a quarter. Of an interval a round limit that
 * more than half of the step's requests miss is not kept: such a break is beyond doubt.
 *
 * Under a limit that is neither round nor the run's own, requests between it and the next round one below count as
 * late in the interval that they belong to; how many they are in the whole step is known (analysis/verdict/limit_test.h
 * makes up for it). */
#ifndef TWOFOLD_RECORD_THINNING_THINNED_LOAD_H
#define TWOFOLD_RECORD_THINNING_THINNED_LOAD_H

#include "record/load_record.h"

#include <stddef.h>
#include <stdint.h>

/* What must stay exact. */
struct thinning {
    const uint64_t *limits_ns; /* the run's limits of response times */
    size_t limit_count;
    const double *percentiles; /* those that a limit can be set on, as shares */
    size_t percentile_count;
};

/* Thins the record of a step that is over, whose histograms are laid out or packed; they are packed then. */
void thinned_load_make(struct load_record *load, const struct thinning *thinning);

#endif
