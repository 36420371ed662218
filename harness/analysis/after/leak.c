#include "analysis/after/leak.h"

#include "analysis/usage/counter.h"
#include "analysis/usage/memory_usage.h"
#include "base/mem.h"

#include <stdlib.h>

/* Intervals that were over before the process ended. */
static size_t intervals_lived(const struct step_record *step)
{
    const struct load_record *load = &step->load;
    size_t lived = load->interval_ns > 0 ? load->interval_count : 0;

    if (step->death.died && lived > 0) {
        uint64_t whole = counter_growth(load->started_ns, step->death.at_ns) / load->interval_ns;
        if (whole < lived) {
            lived = (size_t)whole;
        }
    }
    return lived;
}

/* The mean held in each interval. One without a sample has the mean of the one before; 0 where there is none. */
static double *interval_means(const struct step_record *step, size_t intervals)
{
    double *means = mem_new(intervals, sizeof *means);
    size_t at = 0;

    for (size_t i = 0; i < intervals; i++) {
        uint64_t from_ns = step->load.started_ns + i * step->load.interval_ns, to_ns = from_ns + step->load.interval_ns;
        double sum = 0, count = 0;
        for (; at < step->sample_count && step_record_sample_ns(step, at) < to_ns; at++) {
            struct sample sample = step_record_sample(step, at);
            bool read = (sample.absent & SAMPLE_MEMORY) == 0 && sample.rss_bytes > 0;
            if (sample.at_ns >= from_ns && read) {
                sum += memory_usage_bytes(&step->memory, sample.rss_bytes);
                count++;
            }
        }
        if (count > 0) {
            means[i] = sum / count;
        } else if (i > 0) {
            means[i] = means[i - 1];
        }
    }
    return means;
}

static void to_seconds(struct trend *trend, double interval_s)
{
    trend->slope /= interval_s;
    trend->low /= interval_s;
    trend->high /= interval_s;
}

/* A second half that still rises may level off within itself, as what approaches its level ever more slowly does. */
static bool levels_off(const double *means, size_t intervals)
{
    bool less = true, over = false;

    while (less && !over) {
        struct trend first, second;
        size_t half = intervals / 2;
        trend_find(means, half, &first);
        means += intervals - half;
        intervals = half;
        trend_find(means, half, &second);
        less = second.known && second.high < first.slope;
        over = less && second.low <= 0;
    }
    return over;
}

void leak_find(const struct step_record *step, uint64_t limit_bytes, struct leak *ret_leak)
{
    struct leak leak = {0};
    size_t intervals = intervals_lived(step);
    double *means = interval_means(step, intervals);

    if (intervals >= 2 && means[0] > 0) {
        leak.known = true;
        leak.start_bytes = (uint64_t)means[0];
        leak.end_bytes = (uint64_t)means[intervals - 1];
        trend_find(means, intervals, &leak.bytes_per_s);
        to_seconds(&leak.bytes_per_s, (double)step->load.interval_ns / 1e9);
        leak.rises = leak.bytes_per_s.known && leak.bytes_per_s.low > 0;
        leak.levels_off = leak.rises && levels_off(means, intervals);
        if (leak.rises && !leak.levels_off && limit_bytes > leak.end_bytes) {
            leak.limit_after_s = (double)(limit_bytes - leak.end_bytes) / leak.bytes_per_s.slope;
        }
    }
    free(means);
    *ret_leak = leak;
}
