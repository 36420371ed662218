/* summary: what the summary of a series must be, and whether one that came is it, within the exactness that the contract
 * asks for. Pure. */
#ifndef TWOFOLD_CONTRACT_VERIFY_MODEL_SUMMARY_H
#define TWOFOLD_CONTRACT_VERIFY_MODEL_SUMMARY_H

#include "base/text.h"
#include "contract/verify/rule.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#define SUMMARY_BINS 20

enum summary_quantile { SUMMARY_P50, SUMMARY_P95, SUMMARY_P99, SUMMARY_QUANTILES };

struct summary {
    size_t count;
    double mean, stdev, min, max;
    double quantiles[SUMMARY_QUANTILES];
    double magnitude;           /* the largest of any value: what the exactness is relative to */
    size_t bins[SUMMARY_BINS];  /* values that only this bin may count */
    size_t edges[SUMMARY_BINS]; /* [k], from 1 up: those so near to the edge of bins k - 1 and k that either may */
};

/* Of `count` values, at least one, all finite. */
void summary_make(struct summary *summary, const double *values, size_t count);

/* As the service would say it, a new reference; values near an edge are in the upper bin. */
json_t *summary_json(const struct summary *summary);

/* Is `came` this summary? Otherwise sets *ret_rule to the sentence that it breaks and appends where it does. */
bool summary_matches(const struct summary *summary, const json_t *came, enum rule *ret_rule, struct text *ret_wrong);

#endif
