#include "stats/signed_rank.h"

#include "base/mem.h"
#include "stats/sample.h"

#include <math.h>
#include <stdlib.h>

/* Above this many blocks the distribution of ranks is as good as normal. */
#define EXACT_MOST 40

static double *walsh_averages(const double *differences, size_t count)
{
    double *averages = mem_new(count * (count + 1) / 2, sizeof *averages);
    size_t made = 0;

    for (size_t i = 0; i < count; i++) {
        for (size_t j = i; j < count; j++) {
            averages[made++] = (differences[i] + differences[j]) / 2;
        }
    }
    sample_sort(averages, made);
    return averages;
}

/* How many of the 2^n ways to give signs to the ranks 1 … n make each sum of the positive ones, from 0 to `most`. */
static double *ways_to_sum(size_t n, size_t most)
{
    double *ways = mem_new(most + 1, sizeof *ways);

    ways[0] = 1;
    for (size_t rank = 1; rank <= n; rank++) {
        for (size_t sum = most + 1; sum-- > rank;) {
            ways[sum] += ways[sum - rank];
        }
    }
    return ways;
}

/* How many of the sorted averages lie outside the interval at each end. */
static size_t outside_exactly(size_t n, double *ret_confidence)
{
    size_t most = n * (n + 1) / 4, outside = 0;
    double *ways = ways_to_sum(n, most);
    double all = ldexp(1, (int)n), tail = ways[0];

    while (outside < most && 2 * (tail + ways[outside + 1]) <= (1 - SIGNED_RANK_CONFIDENCE) * all) {
        tail += ways[++outside];
    }
    free(ways);
    *ret_confidence = 1 - 2 * tail / all;
    return outside;
}

static size_t outside_by_normal(size_t n, double *ret_confidence)
{
    double count = (double)n;
    double middle = count * (count + 1) / 4, spread = sqrt(count * (count + 1) * (2 * count + 1) / 24);

    *ret_confidence = SIGNED_RANK_CONFIDENCE;
    return (size_t)fmax(0, floor(middle - 1.96 * spread - 0.5));
}

static size_t outside_of(size_t n, double *ret_confidence)
{
    if (n <= EXACT_MOST) {
        return outside_exactly(n, ret_confidence);
    }
    return outside_by_normal(n, ret_confidence);
}

void signed_rank_find(const double *differences, size_t count, struct signed_rank *ret_signed_rank)
{
    size_t averages = count * (count + 1) / 2;
    double *all = walsh_averages(differences, count);
    struct signed_rank result = {.blocks = count, .estimate = sample_median(all, averages)};
    size_t outside = outside_of(count, &result.confidence);

    result.low = result.high = result.estimate;
    if (result.confidence > 0) {
        result.low = all[outside];
        result.high = all[averages - 1 - outside];
    }
    free(all);
    *ret_signed_rank = result;
}

bool signed_rank_differs(const struct signed_rank *signed_rank)
{
    return signed_rank->confidence >= SIGNED_RANK_CONFIDENCE && (signed_rank->low > 0 || signed_rank->high < 0);
}
