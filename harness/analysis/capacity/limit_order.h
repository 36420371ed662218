/* limit_order: in which order the limits of a service break as the load grows. Each limit has its own capacity, out of
 * every trial's bracket (limit_bracket.h). What breaks first is the limit with the lowest one. When inside a step a
 * limit was violated is a detail that decides nothing.
 *
 * Over the trials: with six or more that have an estimate, the capacity is the median of the estimates, and the
 * interval that of this median (stats/sample.h), and no narrower than what lies between the medians of the lower and of
 * the upper ends of the trials' brackets. With fewer, the interval reaches from the lowest to the highest end of the
 * trials' brackets.
 *
 * Two limits are told apart when the interval of one lies below that of the other, or when in six trials or more the
 * second held at a load at which the first broke, and in none the other way about (sign test, p = 0.03). Limits in a
 * row of which none is told apart from another share one number. Of those that share a number, a crash comes first. */
#ifndef TWOFOLD_ANALYSIS_CAPACITY_LIMIT_ORDER_H
#define TWOFOLD_ANALYSIS_CAPACITY_LIMIT_ORDER_H

#include "analysis/finding.h"

#include <stdbool.h>
#include <stddef.h>

/* Fills finding->limits from finding->capacities. Limits that nothing was seen to break come last. */
void limit_order_find(struct backend_finding *finding);

/* The limit on all requests, or on the service, of the finding; NULL: it was not judged. */
const struct limit_capacity *limit_order_of(const struct backend_finding *finding, enum limit limit);

/* Whether the service's process ended at the load at which the first limit breaks. */
bool limit_order_crashes(const struct backend_finding *finding);

/* How many limits share the first place; 0: nothing broke. */
size_t limit_order_first(const struct backend_finding *finding);

#endif
