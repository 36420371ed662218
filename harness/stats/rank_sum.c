#include "stats/rank_sum.h"

#include "base/mem.h"
#include "stats/sample.h"

#include <math.h>
#include <stdlib.h>

/* Above this many figures on a side the distribution of Mann and Whitney is as good as normal. */
#define EXACT_MOST 60

static double *differences(const double *from, size_t from_count, const double *to, size_t to_count)
{
    double *all = mem_new(from_count * to_count, sizeof *all);

    for (size_t i = 0; i < from_count; i++) {
        for (size_t j = 0; j < to_count; j++) {
            all[i * to_count + j] = to[j] == from[i] ? 0 : to[j] - from[i];
        }
    }
    sample_sort(all, from_count * to_count);
    return all;
}

/* How many of the orders in which n and m figures can stand give each value of the statistic U, from 0 to `most`: the
 * coefficients of the Gaussian binomial, the product over i of (1 - x^(m+i)) / (1 - x^i). */
static double *orders_by_u(size_t n, size_t m, size_t most)
{
    double *orders = mem_new(most + 1, sizeof *orders);

    orders[0] = 1;
    for (size_t i = 1; i <= n; i++) {
        for (size_t u = most + 1; u-- > m + i;) {
            orders[u] -= orders[u - m - i];
        }
        for (size_t u = i; u <= most; u++) {
            orders[u] += orders[u - i];
        }
    }
    return orders;
}

static double all_orders(size_t n, size_t m)
{
    double count = 1;
    for (size_t i = 1; i <= n; i++) {
        count = count * (double)(m + i) / (double)i;
    }
    return count;
}

/* How many of the sorted differences lie outside the interval at each end. */
static size_t outside_exactly(size_t n, size_t m, double *ret_confidence)
{
    size_t most = n * m / 2, outside = 0;
    double *orders = orders_by_u(n, m, most);
    double all = all_orders(n, m), tail = orders[0];

    while (outside < most && 2 * (tail + orders[outside + 1]) <= (1 - RANK_SUM_CONFIDENCE) * all) {
        tail += orders[++outside];
    }
    free(orders);
    *ret_confidence = 1 - 2 * tail / all;
    return outside;
}

static size_t outside_by_normal(size_t n, size_t m, double *ret_confidence)
{
    double pairs = (double)n * (double)m;
    double spread = sqrt(pairs * ((double)n + (double)m + 1) / 12);

    *ret_confidence = RANK_SUM_CONFIDENCE;
    return (size_t)fmax(0, floor(pairs / 2 - 1.96 * spread - 0.5));
}

static size_t outside_of(size_t n, size_t m, double *ret_confidence)
{
    if (n <= EXACT_MOST && m <= EXACT_MOST) {
        return outside_exactly(n, m, ret_confidence);
    }
    return outside_by_normal(n, m, ret_confidence);
}

void rank_sum_find(const double *from, size_t from_count, const double *to, size_t to_count,
                   struct rank_sum *ret_rank_sum)
{
    size_t count = from_count * to_count;
    double *all = differences(from, from_count, to, to_count);
    struct rank_sum result = {.estimate = sample_median(all, count)};
    size_t outside = outside_of(from_count, to_count, &result.confidence);

    result.low = result.high = result.estimate;
    if (result.confidence > 0) {
        result.low = all[outside];
        result.high = all[count - 1 - outside];
    }
    free(all);
    *ret_rank_sum = result;
}
