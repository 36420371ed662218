#include "stats/share.h"

#include "base/mem.h"
#include "stats/t_quantile.h"

#include <math.h>
#include <stdlib.h>

#define BATCHES_LEAST 8

/* The quantile 0.975 of a normal distribution. */
#define NORMAL 1.959964

/* The Bartlett weights reach over this part of the batches. */
#define REACH 0.25

/* Student's t has the quantile fixed_quantile(REACH) with so many degrees of freedom. */
#define FREEDOM 4.3

/* Kiefer and Vogelsang's quantile 0.975 for Bartlett weights that reach over the part `b` of the batches. */
static double fixed_quantile(double b)
{
    return 1.9600 + 2.9694 * b + 0.4160 * b * b - 0.5324 * b * b * b;
}

/* How much the counts of batches that lie `lag` apart vary together. */
static double covariance(const double *off, size_t count, size_t lag)
{
    double sum = 0;

    for (size_t i = lag; i < count; i++) {
        sum += off[i] * off[i - lag];
    }
    return sum;
}

static double variance_of(const struct share_batch *batches, size_t count, double share)
{
    double *off = mem_new(count, sizeof *off);
    size_t reach = (size_t)ceil(REACH * (double)count);
    double widening = fixed_quantile((double)reach / (double)count) / NORMAL;

    for (size_t i = 0; i < count; i++) {
        off[i] = (double)batches[i].count - share * (double)batches[i].of;
    }
    double variance = covariance(off, count, 0);
    for (size_t lag = 1; lag < reach; lag++) {
        variance += 2 * (1 - (double)lag / (double)reach) * covariance(off, count, lag);
    }
    free(off);
    return variance * widening * widening;
}

/* Even independent events vary by their number. */
static double binomial_variance(const struct share *share)
{
    return share->count * fmax(0, 1 - share->count / share->of);
}

void share_measure(const struct share_batch *batches, size_t count, double cluster, struct share *ret_share)
{
    struct share share = {.cluster = cluster};

    for (size_t i = 0; i < count; i++) {
        share.count += (double)batches[i].count;
        share.of += (double)batches[i].of;
    }
    if (share.count > 0) {
        share.variance = binomial_variance(&share);
        double measured =
            count >= BATCHES_LEAST ? variance_of(batches, count, share.count / share.of) : share.count * share.count;
        share.variance = fmax(share.variance, measured);
    }
    *ret_share = share;
}

void share_add(struct share *into, const struct share *from)
{
    into->count += from->count;
    into->of += from->of;
    into->variance += from->variance;
    into->cluster = fmax(into->cluster, from->cluster);
}

void share_pool(const struct share_part *parts, size_t count, struct share *ret_share)
{
    struct share pool = {0};
    unsigned measurements = 0;

    for (size_t i = 0; i < count; i++) {
        measurements += parts[i].measurements;
    }
    double widened = fixed_quantile(REACH), narrowed = t_quantile(fmax(1, FREEDOM * measurements)) / widened;
    for (size_t i = 0; i < count; i++) {
        const struct share *share = &parts[i].share;
        if (share->of > 0) {
            double scale = parts[i].weight / share->of;
            double variance = fmax(binomial_variance(share), share->variance * narrowed * narrowed);
            pool.count += share->count * scale;
            pool.of += parts[i].weight;
            pool.variance += variance * scale * scale;
            pool.cluster = fmax(pool.cluster, share->cluster * scale);
        }
    }
    *ret_share = pool;
}

/* Bounds of the mean of a Poisson distribution of which `events` were counted. */
static double events_most(double events)
{
    double next = events + 1;
    return next * pow(1 - 1 / (9 * next) + NORMAL / (3 * sqrt(next)), 3);
}

static double events_least(double events)
{
    return events * pow(fmax(0, 1 - 1 / (9 * events) - NORMAL / (3 * sqrt(events))), 3);
}

void share_bounds_find(const struct share *share, struct share_bounds *ret_bounds)
{
    struct share_bounds bounds = {.high = 1};

    if (share->of > 0) {
        double size = share->cluster;
        bounds.share = share->count / share->of;
        if (share->count > 0 && share->variance > 0) {
            double events = share->count * share->count / share->variance;
            bounds.low = events_least(events) * (share->count / events) / share->of;
            size = fmax(size, share->count / events);
            bounds.high = fmin(1, events_most(share->count / size) * size / share->of);
        } else if (share->count > 0) {
            bounds.low = bounds.share; /* all of them, without exception */
        } else {
            bounds.high = fmin(1, events_most(0) * size / share->of);
        }
    }
    *ret_bounds = bounds;
}
