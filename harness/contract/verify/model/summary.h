/* summary: the correct summary of a series, and whether a response matches it within the tolerance of the contract.
 * Pure. */
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
    double magnitude;          /* largest absolute value: tolerances are relative to it */
    size_t bins[SUMMARY_BINS]; /* values that belong to this bin for certain */
    size_t
        edges[SUMMARY_BINS]; /* [k], k >= 1: values so near the edge of bins k - 1 and k that either may count them */
};

/* Summarise `count` values: at least one, all finite. */
void summary_make(struct summary *summary, const double *values, size_t count);

/* The summary as the service would return it, a new reference. Values near an edge count in the upper bin. */
json_t *summary_json(const struct summary *summary);

/* Returns true when `came` matches this summary. Otherwise sets *ret_rule to the rule that it breaks and appends where.
 */
bool summary_matches(const struct summary *summary, const json_t *came, enum rule *ret_rule, struct text *ret_wrong);

#endif
