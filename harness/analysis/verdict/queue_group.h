/* queue_group: how many requests a queue makes late together.
 *
 * A queue that is as long as some time stays so for a while, and every request that arrives in that while is late. In
 * front of a single server with exponential service times the share of requests that wait longer than t falls off as
 * exp(-x t), so that one such while lasts for 1/x on average. Where the share above t is known, 1/x is t / -ln(share).
 * Such whiles come in groups, since the queue is still long after the first one; the number of whiles to a group was
 * chosen so that the intervals which follow hold the truth in test_policy_simulation and test_percentile_simulation. */
#ifndef TWOFOLD_ANALYSIS_VERDICT_QUEUE_GROUP_H
#define TWOFOLD_ANALYSIS_VERDICT_QUEUE_GROUP_H

#include "record/load_record.h"
#include "stats/share.h"

#include <stdint.h>

/* The requests that arrive in one while of a queue which the share `above` of all requests finds longer than `ns`. 0
 * where the step has no measured time. */
double queue_group_arriving(const struct load_record *load, uint64_t ns, double above);

/* The requests of one group of whiles, out of those of one while. */
double queue_group_of(double arriving);

/* The requests that were seen to be late together: the variance of their number over the number itself (1 where each is
 * late by itself), times what a step is too short to show. Infinite where fewer than `least` were late: too few to say.
 */
double queue_group_seen(const struct share *late, double least);

#endif
