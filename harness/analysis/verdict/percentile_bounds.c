#include "analysis/verdict/percentile_bounds.h"

#include "analysis/verdict/queue_group.h"
#include "base/mem.h"
#include "stats/share.h"

#include <math.h>
#include <stdlib.h>

#define INTERVALS_LEAST 8

/* The share above the percentile is bounded from below by this part of itself, or the percentile from above by nothing.
 */
#define BOUNDED_LEAST 0.2

/* The share of requests above `ns`, where it is the share `above` of all. Returns the number of intervals. */
static size_t measure(const struct load_record *load, uint64_t ns, double above, struct share *ret_share)
{
    struct share_batch *batches = mem_new(load->interval_count + 1, sizeof *batches);
    size_t count = 0;

    for (size_t i = 0; i < load->interval_count; i++) {
        const struct histogram *response = &load->intervals[i].response;
        if (response->total > 0) {
            double late = (double)response->total * (1 - histogram_share_below(response, ns));
            batches[count++] = (struct share_batch){(uint64_t)(late + 0.5), response->total};
        }
    }
    share_measure(batches, count, 1, ret_share);
    if (ret_share->count > 0 && load->measured_ns > 0) {
        double arriving = queue_group_arriving(load, ns, above);
        double seen = queue_group_seen(ret_share, 1);
        double size = seen < arriving ? seen : queue_group_of(arriving); /* one by one, and not in a queue */
        ret_share->variance = fmax(ret_share->variance, size * ret_share->count);
    }
    free(batches);
    return count;
}

void percentile_bounds_find(const struct load_record *load, double quantile, struct percentile_bounds *ret_bounds)
{
    struct percentile_bounds bounds = {0};
    uint64_t at_ns = histogram_quantile(&load->response, quantile);
    struct share share;
    struct share_bounds above;

    if (measure(load, at_ns, 1 - quantile, &share) >= INTERVALS_LEAST && share.count > 0) {
        share_bounds_find(&share, &above);
        double off = above.share - (1 - quantile); /* no bucket ends just there */
        bounds.low_ns = histogram_quantile(&load->response, fmax(0, 1 - (above.high - off)));
        bounds.high_ns = histogram_quantile(&load->response, fmin(1, 1 - (above.low - off)));
        bounds.known =
            above.low * share.of >= BOUNDED_LEAST * share.count && bounds.low_ns <= at_ns && at_ns <= bounds.high_ns;
    }
    *ret_bounds = bounds;
}
