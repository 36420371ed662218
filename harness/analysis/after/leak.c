#include "analysis/after/leak.h"

#include "analysis/verdict/memory_growth.h"
#include "base/mem.h"

#include <stdlib.h>

/* Intervals that were over before the process was. */
static size_t intervals_lived(const struct step_record *step)
{
    const struct load_record *load = &step->load;
    size_t lived = load->interval_ns > 0 ? load->interval_count : 0;

    if (step->death.died && lived > 0) {
        uint64_t died_ns = step->death.at_ns > load->started_ns ? step->death.at_ns - load->started_ns : 0;
        uint64_t whole = died_ns / load->interval_ns;
        lived = whole < lived ? (size_t)whole : lived;
    }
    return lived;
}

/* The mean held in each interval; one without a reading goes on with what was read last. 0: nothing was read in the first. */
static double *interval_means(const struct step_record *step, size_t intervals)
{
    double *means = mem_new(intervals, sizeof *means);
    size_t at = 0;

    for (size_t i = 0; i < intervals; i++) {
        uint64_t from_ns = step->load.started_ns + i * step->load.interval_ns, to_ns = from_ns + step->load.interval_ns;
        double sum = 0, count = 0;
        for (; at < step->sample_count && step->samples[at].at_ns < to_ns; at++) {
            if (step->samples[at].at_ns >= from_ns && step->samples[at].rss_bytes > 0) {
                sum += memory_held(step, &step->samples[at]);
                count++;
            }
        }
        means[i] = count > 0 ? sum / count : i > 0 ? means[i - 1] : 0;
    }
    return means;
}

static void to_seconds(struct trend *trend, double interval_s)
{
    trend->slope /= interval_s;
    trend->low /= interval_s;
    trend->high /= interval_s;
}

/* A half with a rise left in it may level off within itself: what comes to its level ever slower does. */
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
    struct leak rise = {0};
    size_t intervals = intervals_lived(step);
    double *means = interval_means(step, intervals);

    if (intervals >= 2 && means[0] > 0) {
        rise.known = true;
        rise.start_bytes = (uint64_t)means[0];
        rise.end_bytes = (uint64_t)means[intervals - 1];
        trend_find(means, intervals, &rise.a_second);
        to_seconds(&rise.a_second, (double)step->load.interval_ns / 1e9);
        rise.rises = rise.a_second.known && rise.a_second.low > 0;
        rise.levels_off = rise.rises && levels_off(means, intervals);
        if (rise.rises && !rise.levels_off && limit_bytes > rise.end_bytes) {
            rise.limit_after_s = (double)(limit_bytes - rise.end_bytes) / rise.a_second.slope;
        }
    }
    free(means);
    *ret_leak = rise;
}
