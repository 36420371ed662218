/* share: how large a share of requests is, and how sure that is, when what happens to one request also happens to its
 * neighbours. A queue or a pause makes many requests late at once: a hundred late requests may be one event. Counting
 * them as a hundred would give intervals that are far too narrow.
 *
 * The variance of the count is estimated from batches, which are consecutive parts of the time, with the correlation
 * between them: Newey and West's estimator with Bartlett weights over a quarter of the batches ("A simple, positive
 * semi-definite, heteroskedasticity and autocorrelation consistent covariance matrix", Econometrica 55, 1987). Because
 * a quarter of the batches is a fixed part of them, its own error counts as well: Kiefer and Vogelsang ("A new
 * asymptotic theory for heteroskedasticity-autocorrelation robust tests", Econometric Theory 21, 2005, table 1) give
 * the quantile that replaces the 1.96 of a normal distribution. The variance is widened by the square of the ratio of
 * the two.
 *
 * Late requests are few, and their count is skewed. So the bounds are not mean and standard error: they are those of a
 * Poisson count of independent events, each of which makes many requests late (the number of events that gives this
 * variance), by Wilson and Hilferty's approximation of the chi-squared distribution. */
#ifndef TWOFOLD_STATS_SHARE_H
#define TWOFOLD_STATS_SHARE_H

#include <stddef.h>
#include <stdint.h>

/* A part of the time: `count` of `of` requests were late. */
struct share_batch {
    uint64_t count, of;
};

/* What all batches of one measurement say. */
struct share {
    double count, of;
    double variance; /* of count */
    double cluster;  /* how many requests one event makes late, at least: what is assumed where none was late */
};

/* The bounds of a two-sided 95 % interval. */
struct share_bounds {
    double share;
    double low, high; /* within 0 and 1; high is 1 where nothing bounds it */
};

/* `cluster` is at least 1. With fewer than eight batches the whole counts as one event. */
void share_measure(const struct share_batch *batches, size_t count, double cluster, struct share *ret_share);

/* Adds an independent measurement of the same share. */
void share_add(struct share *into, const struct share *from);

/* What one load showed, and how much it counts in a pool of several. */
struct share_part {
    struct share share;
    double weight;         /* any unit */
    unsigned measurements; /* that were added up in `share`; at least 1 where it has requests */
};

/* The mean of the shares, weighted: count and of are in the unit of the weights. Many independent measurements show
 * their variance better than one does: what share_measure widened it by is narrowed to what Student's t asks for with
 * the degrees of freedom of all of them, where one measurement has those whose quantile is Kiefer and Vogelsang's. */
void share_pool(const struct share_part *parts, size_t count, struct share *ret_share);

/* Without requests the share is 0 and the bounds are 0 and 1. */
void share_bounds_find(const struct share *share, struct share_bounds *ret_bounds);

#endif
